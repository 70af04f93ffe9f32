// The map: Kreise coloured by unmet needs. It is an image with a text alternative; a table has the same numbers.

import type { Region, ReportRow } from "lotse";
import { codeLabels, currentTables, heading } from "../code-names.js";
import { messages } from "../i18n.js";
import { button, fill, h, s, setAttributes } from "../ui/dom.js";
import { pagedTable } from "../ui/table.js";
import { classBreaks } from "./class-breaks.js";
import type { Plan } from "./plan.js";
import { boundingBox, buildVoronoi, type MapCell, type VoronoiDiagram } from "./voronoi.js";

type RowsByCode = ReadonlyMap<string, ReportRow>;
type CellClass = (row: ReportRow | undefined) => string;

/** The number of colours for cells with unmet needs; the style has a class for each. */
const CLASS_COUNT = 5;
/** The number of Kreise that the text alternative names. */
const NAMED_CELLS = 5;
const TIP_WIDTH = 160;
/** The width of the drawing in pixels for which text and lines are designed, and the ratio of width to height. */
const DESIGN_WIDTH = 560;
const ASPECT_RATIO = 0.8;

let cache: { regions: readonly Region[]; voronoi: VoronoiDiagram } | undefined;
/** `true` if the whole country is shown; kept when the plan is made again. */
let showsCountry = false;

/** Returns the cells of the current regions. The page calls it early, so that the first plan need not wait. */
export function currentVoronoi(): VoronoiDiagram {
  const regions = currentTables().regions ?? [];
  if (cache?.regions !== regions) cache = { regions, voronoi: buildVoronoi(regions) };
  return cache.voronoi;
}

export function mapPanel({ report }: Plan): HTMLElement {
  const text = messages().map;
  const voronoi = currentVoronoi();
  const rows: RowsByCode = new Map(report.by_region.map((row) => [row.code ?? "", row]));
  const breaks = classBreaks(Math.max(0, ...voronoi.cells.map(({ code }) => rows.get(code)?.unmet ?? 0)));
  const cellClass: CellClass = (row) => {
    if (!row || row.needs === 0) return "cell-none";
    if (row.unmet === 0) return "cell-met";
    return classOfBreak(
      breaks.findIndex(({ from, to }) => row.unmet >= from && row.unmet <= to),
      breaks.length,
    );
  };
  const drawing = drawMap(voronoi, rows, cellClass);
  const zoom = zoomButton(drawing, voronoi, rows, cellClass);
  const elsewhere = countElsewhere(voronoi, report.by_region);
  return h(
    "section",
    { class: "panel map-panel", "aria-labelledby": "map-title" },
    h("h3", { id: "map-title" }, text.title),
    h(
      "figure",
      {},
      frameWithTip(drawing, voronoi, rows),
      zoom,
      h("p", { class: "legend-title" }, text.legend),
      legend(breaks),
      h("figcaption", {}, text.caption, elsewhere > 0 ? ` ${text.elsewhere(elsewhere)}` : null),
    ),
    h("details", { open: true }, h("summary", {}, text.table), table(report.by_region)),
  );
}

/** Returns the style of a class; with fewer classes the strongest colours are used. */
function classOfBreak(index: number, count: number): string {
  return `cell-${index + 1 + CLASS_COUNT - count}`;
}

/** Returns the number of unmet needs in regions that are not on the map. */
function countElsewhere({ cells }: VoronoiDiagram, regions: readonly ReportRow[]): number {
  const known = new Set(cells.map(({ code }) => code));
  return regions.filter(({ code }) => !known.has(code ?? "")).reduce((sum, { unmet }) => sum + unmet, 0);
}

function drawMap({ cells, borders }: VoronoiDiagram, rows: RowsByCode, cellClass: CellClass): SVGSVGElement {
  return s(
    "svg",
    {
      class: "map",
      role: "img",
      "aria-labelledby": "map-alt",
      "data-testid": "map",
      preserveAspectRatio: "xMidYMid meet",
    },
    s("title", { id: "map-alt" }, textAlternative(cells, rows)),
    s(
      "g",
      { class: "map-cells" },
      cells.map(({ code, path }) => s("path", { d: path, class: cellClass(rows.get(code)) })),
    ),
    s("path", { d: borders, class: "map-borders" }),
  );
}

/** Switches between the affected Kreise, with numbers, and the whole country. */
function zoomButton(
  drawing: SVGSVGElement,
  { cells }: VoronoiDiagram,
  rows: RowsByCode,
  cellClass: CellClass,
): HTMLElement {
  const text = messages().map;
  const labels = s("g", { class: "map-labels", "aria-hidden": "true" });
  drawing.append(labels);
  const affected = cells.filter(({ code }) => (rows.get(code)?.needs ?? 0) > 0);
  const zoom = button("", () => show(!showsCountry), { class: "quiet", id: "map-zoom" });
  const show = (country: boolean): void => {
    showsCountry = country;
    const visible = country || affected.length === 0 ? cells : affected;
    const [left, top, right, bottom] = boundingBox(visible.map(({ centre }) => centre));
    const [width, height] = [right - left, bottom - top];
    setAttributes(drawing, { viewBox: `${left} ${top} ${width} ${height}` });
    drawing.style.setProperty("--unit", String(Math.max(width, height * ASPECT_RATIO) / DESIGN_WIDTH));
    // At the scale of the country the numbers would not be legible.
    const labelled = country ? [] : affected.filter(({ code }) => (rows.get(code)?.unmet ?? 0) > 0);
    fill(
      labels,
      labelled.map((cell) => label(cell, rows.get(cell.code), cellClass)),
    );
    zoom.textContent = country ? text.part : text.whole;
  };
  show(showsCountry);
  return zoom;
}

/** A frame around the drawing that highlights the cell at the pointer and shows its numbers. */
function frameWithTip(drawing: SVGSVGElement, { cells, cellAt }: VoronoiDiagram, rows: RowsByCode): HTMLElement {
  const text = messages().map;
  const tip = h("p", { class: "map-tip", "aria-hidden": "true", hidden: true });
  const frame = h("div", { class: "map-frame" }, drawing, tip);
  const paths = [...drawing.querySelectorAll<SVGPathElement>(".map-cells path")];
  let highlighted: SVGPathElement | undefined;
  const highlight = (cell: MapCell | null): void => {
    highlighted?.classList.remove("highlighted");
    highlighted = cell ? paths[cells.indexOf(cell)] : undefined;
    highlighted?.classList.add("highlighted");
    tip.hidden = cell === null;
  };
  const showTip = (event: PointerEvent): void => {
    const matrix = drawing.getScreenCTM();
    if (!matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    const cell = cellAt(x, y);
    highlight(cell);
    if (!cell) return;
    const row = rows.get(cell.code);
    tip.textContent =
      row && row.needs > 0 ? text.cell(cell.name, row.needs, row.unmet) : `${cell.name}: ${text.noNeeds}`;
    const box = frame.getBoundingClientRect();
    tip.style.setProperty("--x", `${Math.min(event.clientX - box.left, box.width - TIP_WIDTH)}px`);
    tip.style.setProperty("--y", `${event.clientY - box.top}px`);
  };
  frame.addEventListener("pointermove", showTip);
  frame.addEventListener("pointerdown", showTip);
  frame.addEventListener("pointerleave", () => highlight(null));
  return frame;
}

function legend(breaks: readonly { from: number; to: number }[]): HTMLElement {
  const text = messages().map;
  return h(
    "ul",
    { class: "legend", "data-testid": "legend" },
    h("li", {}, h("span", { class: "swatch cell-none" }), text.noNeeds),
    h("li", {}, h("span", { class: "swatch cell-met" }), text.zero),
    breaks.map(({ from, to }, index) =>
      h(
        "li",
        {},
        h("span", { class: `swatch ${classOfBreak(index, breaks.length)}` }),
        from === to ? from : `${from}–${to}`,
      ),
    ),
  );
}

function label(cell: MapCell, row: ReportRow | undefined, cellClass: CellClass): SVGElement {
  const [x, y] = cell.centre;
  return s("text", { x: x.toFixed(1), y: y.toFixed(1), class: `on-${cellClass(row)}` }, row?.unmet);
}

function textAlternative(cells: readonly MapCell[], rows: RowsByCode): string {
  const text = messages().map;
  const worst = cells
    .map(({ code, name }) => ({ name, unmet: rows.get(code)?.unmet ?? 0 }))
    .filter(({ unmet }) => unmet > 0)
    .sort((a, b) => b.unmet - a.unmet)
    .slice(0, NAMED_CELLS)
    .map(({ name, unmet }) => `${name} (${unmet})`);
  return worst.length === 0 ? text.altNone : text.alt(messages().and(worst));
}

function table(regions: readonly ReportRow[]): HTMLElement {
  const text = messages();
  const { field, none } = codeLabels();
  const rows = [...regions].sort((a, b) => b.unmet - a.unmet || b.needs - a.needs);
  return pagedTable<ReportRow>({
    id: "regions",
    label: text.map.table,
    rows,
    pageSize: 10,
    columns: [
      { key: "name", label: text.map.region, value: ({ name, code }) => name ?? code ?? none.code },
      { key: "needs", label: heading(field.needs), value: ({ needs }) => needs, numeric: true },
      { key: "met", label: heading(field.met), value: ({ met }) => met, numeric: true },
      { key: "unmet", label: heading(field.unmet), value: ({ unmet }) => unmet, numeric: true },
    ],
  });
}
