// The bottlenecks of a plan with their shadow prices as sentences, and the missing offers.

import type { Bottleneck, MissingOffer, Priority } from "lotse";
import { codeLabels, heading, offerName } from "../code-names.js";
import { messages } from "../i18n.js";
import { h } from "../ui/dom.js";
import type { Plan } from "./plan.js";

const PRIORITIES: readonly Priority[] = ["stat", "asap", "urgent", "routine"];
/** The number of items shown in each list. */
const ITEMS_SHOWN = 8;

export function bottlenecksPanel(plan: Plan): HTMLElement {
  const text = messages().report;
  const { bottlenecks } = plan.report;
  return h(
    "section",
    { class: "panel", "aria-labelledby": "bottlenecks-title" },
    h("h3", { id: "bottlenecks-title" }, heading(codeLabels().field.bottlenecks)),
    bottlenecks.length === 0
      ? h("p", {}, text.noBottlenecks)
      : [
          h("p", { class: "lead" }, text.bottlenecksLead),
          h(
            "ul",
            { class: "ranked", "data-testid": "bottlenecks" },
            bottlenecks.slice(0, ITEMS_SHOWN).map((bottleneck) => item(bottleneck, plan)),
          ),
        ],
  );
}

function item(bottleneck: Bottleneck, plan: Plan): HTMLElement {
  const text = messages().report;
  const { offer, places, used, exact } = bottleneck;
  const gain = gainOf(bottleneck);
  // The number of places that a group needs is exact.
  const estimate = !exact && gain === "place";
  const notes = [places === null ? null : text.used(used, messages().number(places)), estimate ? text.inexact : null];
  return h(
    "li",
    {},
    h("b", {}, offerName(plan.offers.get(offer), offer)),
    gain ? h("p", {}, gainSentence(bottleneck, gain)) : null,
    h("p", { class: "hint" }, notes.filter((note) => note !== null).join(" · ")),
  );
}

type Gain = "place" | "places" | "kept" | "fit" | null;

/**
 * Returns the kind of gain. A price refers to one more place; for an unmet group, fewer than its missing places gain
 * nothing.
 */
function gainOf({ price, helps }: Bottleneck): Gain {
  const servesPeople = PRIORITIES.some((priority) => (price.people[priority] ?? 0) !== 0);
  if (helps !== null && helps > (servesPeople ? 1 : 0)) return "places";
  if (servesPeople) return "place";
  if (price.kept > 0) return "kept";
  return price.score > 0 ? "fit" : null;
}

/** Returns a sentence such as "One more place here would help 1 more person (urgent)." */
function gainSentence({ price, helps }: Bottleneck, gain: NonNullable<Gain>): string {
  const text = messages().report;
  if (gain === "places") return text.manyPlaces(helps ?? 0);
  if (gain === "kept") return text.keepsMore;
  if (gain === "fit") return text.betterFit;
  return text.onePlace(messages().and(gainsByPriority(price)));
}

function gainsByPriority(price: Bottleneck["price"]): string[] {
  const text = messages().report;
  return PRIORITIES.flatMap((priority) => {
    const people = price.people[priority] ?? 0;
    if (people === 0) return [];
    const name = codeLabels().priority[priority];
    return [people > 0 ? text.more(people, name) : text.less(-people, name)];
  });
}

export function missingOffersPanel({ report }: Plan): HTMLElement | null {
  const text = messages().report;
  if (report.wanted.length === 0) return null;
  return h(
    "section",
    { class: "panel", "aria-labelledby": "missing-offers-title" },
    h("h3", { id: "missing-offers-title" }, heading(codeLabels().field.wanted)),
    h("p", { class: "lead" }, text.wantedLead),
    h(
      "ul",
      { class: "ranked", "data-testid": "missing-offers" },
      report.wanted.slice(0, ITEMS_SHOWN).map(missingOfferItem),
    ),
  );
}

function missingOfferItem({ help, language, region, needs, people }: MissingOffer): HTMLElement {
  const text = messages().report;
  const { none } = codeLabels();
  const names = [help?.name ?? none.help, language?.name ?? none.language, region?.name ?? none.region];
  return h(
    "li",
    {},
    h("b", {}, names.join(" · ")),
    h("p", { class: "hint" }, text.wantedRow(people, needs)),
  );
}
