// The coverage of needs as bars: those with and without a place, by one dimension at a time.

import type { ReportRow } from "lotse";
import { codeLabels, heading } from "../code-names.js";
import { messages } from "../i18n.js";
import { button, fill, h, on } from "../ui/dom.js";
import type { Plan } from "./plan.js";

const DIMENSIONS = ["language", "help", "region", "priority", "crime"] as const;
type Dimension = (typeof DIMENSIONS)[number];
/** The number of rows that are shown initially. */
const ROWS_SHOWN = 12;

/** The selected dimension; kept when the plan is made again. */
let selected: Dimension = "language";

export function coveragePanel({ report }: Plan): HTMLElement {
  const text = messages().report;
  const { field } = codeLabels();
  const rows: Record<Dimension, readonly ReportRow[]> = {
    language: report.by_language,
    help: report.by_help,
    region: report.by_region,
    priority: report.by_priority,
    crime: report.by_crime,
  };
  const list = h("ul", { class: "bars", "data-testid": "coverage" });
  const toggle = button("", () => show(!showsAll), { class: "quiet" });
  let showsAll = false;

  const show = (all: boolean): void => {
    showsAll = all;
    const sorted = sortRows(rows[selected]);
    const max = sorted.reduce((most, { needs }) => Math.max(most, needs), 1);
    fill(
      list,
      (all ? sorted : sorted.slice(0, ROWS_SHOWN)).map((row) => bar(row, max)),
    );
    toggle.hidden = sorted.length <= ROWS_SHOWN;
    toggle.textContent = all ? text.fewerRows : text.moreRows(sorted.length - ROWS_SHOWN);
  };
  show(false);

  return h(
    "section",
    { class: "panel", "aria-labelledby": "coverage-title" },
    h("h3", { id: "coverage-title" }, text.shares),
    h(
      "fieldset",
      { class: "checks" },
      h("legend", {}, text.by),
      dimensionFields(() => show(false)),
    ),
    h(
      "p",
      { class: "legend", "aria-hidden": "true" },
      h("span", { class: "swatch met" }),
      field.met,
      " ",
      h("span", { class: "swatch unmet" }),
      field.unmet,
    ),
    list,
    toggle,
  );
}

/** Keeps the order of priorities; other dimensions are sorted by unmet needs, then by needs, both descending. */
function sortRows(rows: readonly ReportRow[]): ReportRow[] {
  const sorted = rows.filter(({ needs }) => needs > 0);
  if (selected !== "priority") sorted.sort((a, b) => b.unmet - a.unmet || b.needs - a.needs);
  return sorted;
}

function dimensionFields(update: () => void): HTMLElement[] {
  const { kind } = codeLabels();
  return DIMENSIONS.map((dimension) => {
    const radio = h("input", { type: "radio", name: "dimension", value: dimension, id: `dimension-${dimension}` });
    radio.checked = dimension === selected;
    on(radio, {
      change: () => {
        selected = dimension;
        update();
      },
    });
    return h("label", { class: "tag-box", for: radio.id }, radio, h("span", {}, heading(kind[dimension])));
  });
}

function rowName({ code, name }: ReportRow): string {
  const { none, priority } = codeLabels();
  if (code === null) return none.code;
  return name ?? priority[code as keyof typeof priority] ?? code;
}

function bar(row: ReportRow, max: number): HTMLElement {
  const { needs, met, unmet } = row;
  const stack = h(
    "span",
    { class: "stack", "aria-hidden": "true" },
    h("span", { class: "stack-met" }),
    h("span", { class: "stack-unmet" }),
  );
  stack.style.setProperty("--met-share", String(met / max));
  stack.style.setProperty("--unmet-share", String(unmet / max));
  return h(
    "li",
    {},
    h("span", {}, rowName(row)),
    stack,
    h("span", { class: "bars-number", "aria-hidden": "true" }, `${met} / ${needs}`),
    h("span", { class: "visually-hidden" }, messages().report.bar(met, unmet)),
  );
}
