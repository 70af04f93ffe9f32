// The map: Kreise coloured by needs without a place. An image with a text alternative; the table holds its numbers.

import type { Region, ReportRow } from "lotse";
import { theTables } from "../code-names.js";
import { button, fill, h, s, set } from "../ui/dom.js";
import { pagedTable } from "../ui/table.js";
import { words } from "../i18n.js";
import { around, cellsOf, type Cells, type MapCell } from "./voronoi.js";
import type { Plan } from "./plan.js";
import { stepsFor } from "./class-breaks.js";

let made: { regions: readonly Region[]; cells: Cells } | undefined;
/** Whether all of the country is shown; stays when the plan is made again. */
let whole = false;
/** How many of the worst the text alternative names. */
const NAMED = 5;

/** The cells, made once for each set of regions; early, so that the first plan need not wait for them. */
export function theCells(): Cells {
  const regions = theTables().regions ?? [];
  if (made?.regions !== regions) made = { regions, cells: cellsOf(regions) };
  return made.cells;
}

export function mapPanel({ report }: Plan): HTMLElement {
  const text = words().map;
  const { cells, borders, at } = theCells();
  const rows = new Map(report.by_region.map((row) => [row.code ?? "", row]));
  const known = new Set(cells.map(({ code }) => code));
  const elsewhere = report.by_region
    .filter(({ code }) => !known.has(code ?? ""))
    .reduce((sum, { unmet }) => sum + unmet, 0);
  const steps = stepsFor(Math.max(0, ...cells.map(({ code }) => rows.get(code)?.unmet ?? 0)));
  const stepOf = (unmet: number): number => steps.findIndex(({ from, to }) => unmet >= from && unmet <= to) + 1;
  const kindOf = (row: ReportRow | undefined): string =>
    !row || row.needs === 0
      ? "cell-none"
      : row.unmet === 0
        ? "cell-met"
        : `cell-${stepOf(row.unmet) + 5 - steps.length}`;

  const drawing = s(
    "svg",
    {
      class: "map",
      role: "img",
      "aria-labelledby": "map-alt",
      "data-testid": "map",
      preserveAspectRatio: "xMidYMid meet",
    },
    s("title", { id: "map-alt" }, alternative(cells, rows)),
    s(
      "g",
      { class: "map-cells" },
      cells.map(({ code, path }) => s("path", { d: path, class: kindOf(rows.get(code)) })),
    ),
    s("path", { d: borders, class: "map-borders" }),
  );
  const labels = s("g", { class: "map-labels", "aria-hidden": "true" });
  drawing.append(labels);

  const affected = cells.filter(({ code }) => (rows.get(code)?.needs ?? 0) > 0);
  const zoom = button("", () => look(!whole), { class: "quiet", id: "map-zoom" });
  const look = (all: boolean): void => {
    whole = all;
    const shown = whole || affected.length === 0 ? cells : affected;
    const [left, top, right, bottom] = around(shown.map(({ centre }) => centre));
    set(drawing, { viewBox: `${left} ${top} ${right - left} ${bottom - top}` });
    drawing.style.setProperty("--unit", String(Math.max(right - left, (bottom - top) * 0.8) / 560));
    // All of the country is too small for numbers.
    const numbered = whole ? [] : affected.filter(({ code }) => (rows.get(code)?.unmet ?? 0) > 0);
    fill(
      labels,
      numbered.map((cell) => label(cell, rows, kindOf)),
    );
    zoom.textContent = whole ? text.part : text.whole;
  };
  look(whole);

  const tip = h("p", { class: "map-tip", "aria-hidden": "true", hidden: true });
  const frame = h("div", { class: "map-frame" }, drawing, tip);
  const paths = [...drawing.querySelectorAll<SVGPathElement>(".map-cells path")];
  let lit: SVGPathElement | undefined;
  const light = (cell: MapCell | null): void => {
    lit?.classList.remove("lit");
    lit = cell ? paths[cells.indexOf(cell)] : undefined;
    lit?.classList.add("lit");
  };
  const point = (event: PointerEvent): void => {
    const matrix = drawing.getScreenCTM();
    if (!matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    const cell = at(x, y);
    light(cell);
    tip.hidden = cell === null;
    if (!cell) return;
    const row = rows.get(cell.code);
    tip.textContent =
      row && row.needs > 0 ? text.cell(cell.name, row.needs, row.unmet) : `${cell.name}: ${text.noNeeds}`;
    const box = frame.getBoundingClientRect();
    tip.style.setProperty("--x", `${Math.min(event.clientX - box.left, box.width - 160)}px`);
    tip.style.setProperty("--y", `${event.clientY - box.top}px`);
  };
  frame.addEventListener("pointermove", point);
  frame.addEventListener("pointerdown", point);
  frame.addEventListener("pointerleave", () => {
    light(null);
    tip.hidden = true;
  });

  return h(
    "section",
    { class: "panel map-panel", "aria-labelledby": "map-title" },
    h("h3", { id: "map-title" }, text.title),
    h(
      "figure",
      {},
      frame,
      zoom,
      h("p", { class: "legend-title" }, text.legend),
      h(
        "ul",
        { class: "legend", "data-testid": "legend" },
        h("li", {}, h("span", { class: "swatch cell-none" }), text.noNeeds),
        h("li", {}, h("span", { class: "swatch cell-met" }), text.zero),
        steps.map(({ from, to }, index) =>
          h(
            "li",
            {},
            h("span", { class: `swatch cell-${index + 1 + 5 - steps.length}` }),
            from === to ? from : `${from}–${to}`,
          ),
        ),
      ),
      h("figcaption", {}, text.caption, elsewhere > 0 ? ` ${text.elsewhere(elsewhere)}` : null),
    ),
    h("details", { open: true }, h("summary", {}, text.table), table(report.by_region)),
  );
}

function label(cell: MapCell, rows: ReadonlyMap<string, ReportRow>, kindOf: (row: ReportRow | undefined) => string): SVGElement {
  const row = rows.get(cell.code);
  const [x, y] = cell.centre;
  return s("text", { x: x.toFixed(1), y: y.toFixed(1), class: `on-${kindOf(row)}` }, row?.unmet);
}

function alternative(cells: readonly MapCell[], rows: ReadonlyMap<string, ReportRow>): string {
  const text = words().map;
  const worst = cells
    .map(({ code, name }) => ({ name, unmet: rows.get(code)?.unmet ?? 0 }))
    .filter(({ unmet }) => unmet > 0)
    .sort((a, b) => b.unmet - a.unmet)
    .slice(0, NAMED)
    .map(({ name, unmet }) => `${name} (${unmet})`);
  return worst.length === 0 ? text.altNone : text.alt(words().and(worst));
}

function table(regions: readonly ReportRow[]): HTMLElement {
  const text = words();
  const rows = [...regions].sort((a, b) => b.unmet - a.unmet || b.needs - a.needs);
  return pagedTable<ReportRow>({
    id: "regions",
    label: text.map.table,
    rows,
    pageSize: 10,
    columns: [
      { key: "name", label: text.table.region, value: ({ name, code }) => name ?? code ?? text.none },
      { key: "needs", label: text.report.all, value: ({ needs }) => needs, numeric: true },
      { key: "met", label: text.report.met, value: ({ met }) => met, numeric: true },
      { key: "unmet", label: text.report.unmet, value: ({ unmet }) => unmet, numeric: true },
    ],
  });
}
