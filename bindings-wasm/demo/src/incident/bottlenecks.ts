// Where one more place would help, in words; and which offers are missing altogether.

import type { Bottleneck, Priority, Wanted } from "lotse";
import { offerName } from "../names.js";
import { h } from "../parts/dom.js";
import { words } from "../tongue.js";
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
  const notes = [places === null ? null : text.used(used, words().number(places)), exact ? null : text.inexact];
  return h(
    "li",
    {},
    h("b", {}, offerName(plan.offers.get(offer), offer)),
    h("p", {}, inWords(bottleneck)),
    h("p", { class: "hint" }, notes.filter((note) => note !== null).join(" · ")),
  );
}

/** "One more place here would help 1 more person (urgent)." */
function inWords({ price, helps }: Bottleneck): string {
  const text = words().report;
  const gains = PRIORITIES.flatMap((priority) => {
    const people = price.people[priority] ?? 0;
    if (people === 0) return [];
    const name = words().priority[priority];
    return [people > 0 ? text.more(people, name) : text.less(-people, name)];
  });
  if (gains.length === 0) return text.betterFit;
  const gain = words().and(gains);
  return helps !== null && helps > 1 ? text.manyPlaces(helps, gain) : text.onePlace(gain);
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

function wantedItem({ help, language, region, needs, people }: Wanted): HTMLElement {
  const text = words().report;
  const names = [help, language, region].map((named) => named?.name ?? null).filter((name) => name !== null);
  return h(
    "li",
    {},
    h("b", {}, names.length > 0 ? names.join(" · ") : text.wantedAny),
    h("p", { class: "hint" }, text.wantedRow(people, needs)),
  );
}
