// Where one more place would help, in words; and which offers are missing altogether.

import type { Bottleneck, Priority, MissingOffer } from "lotse";
import { offerName } from "../code-names.js";
import { h } from "../ui/dom.js";
import { words } from "../i18n.js";
import type { Plan } from "./plan.js";

const PRIORITIES: readonly Priority[] = ["stat", "asap", "urgent", "routine"];
const SHOWN = 8;

export function bottlenecksPanel(plan: Plan): HTMLElement {
  const text = words().report;
  const { bottlenecks } = plan.report;
  return h(
    "section",
    { class: "panel", "aria-labelledby": "bottlenecks-title" },
    h("h3", { id: "bottlenecks-title" }, text.bottlenecks),
    bottlenecks.length === 0
      ? h("p", {}, text.noBottlenecks)
      : [
          h("p", { class: "lead" }, text.bottlenecksLead),
          h(
            "ul",
            { class: "ranked", "data-testid": "bottlenecks" },
            bottlenecks.slice(0, SHOWN).map((bottleneck) => item(bottleneck, plan)),
          ),
        ],
  );
}

function item(bottleneck: Bottleneck, plan: Plan): HTMLElement {
  const text = words().report;
  const { offer, places, used, exact } = bottleneck;
  const gain = gainOf(bottleneck);
  // How many places a group needs is no estimate.
  const estimate = !exact && gain === "place";
  const notes = [places === null ? null : text.used(used, words().number(places)), estimate ? text.inexact : null];
  return h(
    "li",
    {},
    h("b", {}, offerName(plan.offers.get(offer), offer)),
    gain ? h("p", {}, inWords(bottleneck, gain)) : null,
    h("p", { class: "hint" }, notes.filter((note) => note !== null).join(" · ")),
  );
}

type Gain = "place" | "places" | "kept" | "fit" | null;

/** A price is that of one place; where a group waits, less than the places it needs help nobody. */
function gainOf({ price, helps }: Bottleneck): Gain {
  const one = PRIORITIES.some((priority) => (price.people[priority] ?? 0) !== 0);
  if (helps !== null && helps > (one ? 1 : 0)) return "places";
  if (one) return "place";
  if (price.kept > 0) return "kept";
  return price.score > 0 ? "fit" : null;
}

/** "One more place here would help 1 more person (urgent)." */
function inWords({ price, helps }: Bottleneck, gain: NonNullable<Gain>): string {
  const text = words().report;
  if (gain === "places") return text.manyPlaces(helps ?? 0);
  if (gain === "kept") return text.keepsMore;
  if (gain === "fit") return text.betterFit;
  return text.onePlace(words().and(gainsOf(price)));
}

function gainsOf(price: Bottleneck["price"]): string[] {
  const text = words().report;
  return PRIORITIES.flatMap((priority) => {
    const people = price.people[priority] ?? 0;
    if (people === 0) return [];
    const name = words().priority[priority];
    return [people > 0 ? text.more(people, name) : text.less(-people, name)];
  });
}

export function wantedPanel({ report }: Plan): HTMLElement | null {
  const text = words().report;
  if (report.wanted.length === 0) return null;
  return h(
    "section",
    { class: "panel", "aria-labelledby": "wanted-title" },
    h("h3", { id: "wanted-title" }, text.wanted),
    h("p", { class: "lead" }, text.wantedLead),
    h("ul", { class: "ranked", "data-testid": "wanted" }, report.wanted.slice(0, SHOWN).map(wantedItem)),
  );
}

function wantedItem({ help, language, region, needs, people }: MissingOffer): HTMLElement {
  const text = words().report;
  const names = [help, language, region].map((named) => named?.name ?? null).filter((name) => name !== null);
  return h(
    "li",
    {},
    h("b", {}, names.length > 0 ? names.join(" · ") : text.wantedAny),
    h("p", { class: "hint" }, text.wantedRow(people, needs)),
  );
}
