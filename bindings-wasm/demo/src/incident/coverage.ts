// Needs with and without a place as bars, by one respect at a time.

import type { ReportRow } from "lotse";
import { button, fill, h, on } from "../ui/dom.js";
import { words } from "../i18n.js";
import type { Plan } from "./plan.js";

const RESPECTS = ["language", "help", "region", "priority", "crime"] as const;
type Respect = (typeof RESPECTS)[number];
const SHOWN = 12;

/** Stays when the plan is made again. */
let chosen: Respect = "language";

export function sharesPanel({ report }: Plan): HTMLElement {
  const { report: text, priority } = words();
  const rows: Record<Respect, readonly ReportRow[]> = {
    language: report.by_language,
    help: report.by_help,
    region: report.by_region,
    priority: report.by_priority,
    crime: report.by_crime,
  };
  const names: Record<Respect, string> = {
    language: text.byLanguage,
    help: text.byHelp,
    region: text.byRegion,
    priority: text.byPriority,
    crime: text.byCrime,
  };
  const list = h("ul", { class: "bars", "data-testid": "shares" });
  const more = button("", () => show(!all), { class: "quiet" });
  let all = false;

  const nameOf = ({ code, name }: ReportRow): string => {
    if (code === null) return words().none;
    return name ?? priority[code as keyof typeof priority] ?? code;
  };
  const show = (everything: boolean): void => {
    all = everything;
    // Order of the report for priorities; otherwise those with most unmet needs first.
    const sorted = [...rows[chosen]].filter(({ needs }) => needs > 0);
    if (chosen !== "priority") sorted.sort((a, b) => b.unmet - a.unmet || b.needs - a.needs);
    const most = Math.max(1, ...sorted.map(({ needs }) => needs));
    fill(
      list,
      (all ? sorted : sorted.slice(0, SHOWN)).map((row) => bar(row, nameOf(row), most)),
    );
    more.hidden = sorted.length <= SHOWN;
    more.textContent = all ? text.fewerRows : text.moreRows(sorted.length - SHOWN);
  };
  const choices = RESPECTS.map((respect) => {
    const radio = h("input", { type: "radio", name: "respect", value: respect, id: `respect-${respect}` });
    radio.checked = respect === chosen;
    on(radio, {
      change: () => {
        chosen = respect;
        show(false);
      },
    });
    return h("label", { class: "tag-box", for: radio.id }, radio, h("span", {}, names[respect]));
  });
  show(false);

  return h(
    "section",
    { class: "panel", "aria-labelledby": "shares-title" },
    h("h3", { id: "shares-title" }, text.shares),
    h("fieldset", { class: "checks" }, h("legend", {}, text.by), choices),
    h(
      "p",
      { class: "legend", "aria-hidden": "true" },
      h("span", { class: "swatch met" }),
      text.met,
      " ",
      h("span", { class: "swatch unmet" }),
      text.unmet,
    ),
    list,
    more,
  );
}

function bar({ needs, met, unmet }: ReportRow, name: string, most: number): HTMLElement {
  const track = h(
    "span",
    { class: "stack", "aria-hidden": "true" },
    h("span", { class: "stack-met" }),
    h("span", { class: "stack-unmet" }),
  );
  track.style.setProperty("--met-share", String(met / most));
  track.style.setProperty("--unmet-share", String(unmet / most));
  return h(
    "li",
    {},
    h("span", {}, name),
    track,
    h("span", { class: "bars-number", "aria-hidden": "true" }, `${met} / ${needs}`),
    h("span", { class: "unseen" }, words().report.bar(met, unmet)),
  );
}
