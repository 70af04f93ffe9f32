// A table that stays quick with thousands of rows: it shows one page of them, filtered and sorted.

import { announce } from "./announce.js";
import { button, fill, h, on, set, type Child } from "./dom.js";
import { later } from "./debounce.js";
import { lang, words } from "../i18n.js";

export interface Column<Row> {
  key: string;
  label: string;
  /** What is shown as text, filtered and sorted; numbers sort as numbers. */
  value: (row: Row) => string | number;
  /** What is shown instead, if not the text. */
  cell?: (row: Row) => Child;
  /** What sorts instead of the value. */
  order?: (row: Row) => number;
  numeric?: boolean;
  /** A column of buttons is neither filtered nor sorted. */
  acts?: boolean;
}

export interface TableSetup<Row> {
  id: string;
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  sortBy?: string;
  pageSize?: number;
  rowId?: (row: Row) => string;
}

const PAGE = 25;
/** So few rows need no filter. */
const FEW = 8;

export function pagedTable<Row>(setup: TableSetup<Row>): HTMLElement {
  const { id, label, columns, rows, pageSize = PAGE } = setup;
  const text = words().table;
  const collator = new Intl.Collator(lang.value, { numeric: true });
  let sort: { column: Column<Row>; down: boolean } | null = null;
  let shown: readonly Row[] = rows;
  let page = 0;
  let filtered = rows;
  // Made at the first filter: most tables are never filtered.
  let texts: string[] | undefined;

  const filter = h("input", {
    type: "search",
    id: `${id}-filter`,
    placeholder: text.filterHint,
    autocomplete: "off",
    spellcheck: "false",
    "data-testid": `${id}-filter`,
  });
  const body = h("tbody", { role: "rowgroup" });
  const where = h("span", { class: "pager-where", "data-testid": `${id}-where` });
  const turn = (by: number): void => {
    page += by;
    show();
    if (back.disabled) next.focus();
    else if (next.disabled) back.focus();
    announce(where.textContent ?? "", id);
  };
  const back = button(text.previous, () => turn(-1), { class: "quiet" });
  const next = button(text.next, () => turn(1), { class: "quiet" });
  const pager = h("div", { class: "pager" }, back, where, next);

  const show = (): void => {
    const from = page * pageSize;
    const part = shown.slice(from, from + pageSize);
    fill(
      body,
      part.map((row) =>
        h(
          "tr",
          { role: "row", "data-row": setup.rowId?.(row) },
          columns.map((column, index) => cell(column, row, index)),
        ),
      ),
      part.length === 0 ? h("tr", { role: "row" }, h("td", { role: "cell", colspan: columns.length, class: "empty" }, text.noRows)) : null,
    );
    where.textContent = part.length === 0 ? "" : text.rows(from + 1, from + part.length, shown.length);
    back.disabled = page === 0;
    next.disabled = from + pageSize >= shown.length;
    pager.hidden = rows.length <= pageSize;
  };
  const arrange = (): void => {
    page = 0;
    shown = filtered;
    if (sort) {
      const { column, down } = sort;
      const keyed = filtered.map((row) => ({ row, key: column.order?.(row) ?? column.value(row) }));
      keyed.sort(({ key: a }, { key: b }) => {
        const difference =
          typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
        return down ? -difference : difference;
      });
      shown = keyed.map(({ row }) => row);
    }
    show();
  };

  on(filter, {
    input: later(() => {
      const wanted = filter.value.toLocaleLowerCase(lang.value).split(/\s+/).filter(Boolean);
      texts ??= rows.map((row) => lower(columns.filter(({ acts }) => !acts).map((column) => column.value(row))));
      const all = texts;
      filtered = wanted.length === 0 ? rows : rows.filter((_, at) => wanted.every((word) => all[at]?.includes(word)));
      arrange();
      announce(filtered.length === 0 ? text.noRows : (where.textContent ?? ""), id);
    }, 120),
  });

  const heads = columns.map((column) => {
    if (column.acts) return h("th", { scope: "col", role: "columnheader" }, h("span", { class: "unseen" }, column.label));
    const head = h("th", { scope: "col", role: "columnheader", class: column.numeric ? "numeric" : null });
    const act = button(column.label, () => {
      sort = { column, down: sort?.column === column && !sort.down };
      for (const other of heads) set(other, { "aria-sort": null });
      set(head, { "aria-sort": sort.down ? "descending" : "ascending" });
      arrange();
      announce(`${column.label}: ${sort.down ? text.sortedDown : text.sortedUp}`, id);
    });
    set(act, { class: "sort" });
    head.append(act);
    return head;
  });

  const first = columns.find(({ key }) => key === setup.sortBy);
  if (first) {
    sort = { column: first, down: false };
    const head = heads[columns.indexOf(first)];
    if (head) set(head, { "aria-sort": "ascending" });
  }
  arrange();

  return h(
    "div",
    { class: "paged", id, "data-testid": id },
    rows.length > FEW ? h("div", { class: "field filter" }, h("label", { for: filter.id }, text.filter), filter) : null,
    h(
      "div",
      { class: "scroll", role: "region", tabindex: "0", "aria-label": `${label} (${text.scroll})` },
      // On a phone each row becomes a card; a browser would then forget that it is a table, but for the roles.
      h("table", { role: "table" }, h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads)), body),
    ),
    pager,
  );
}

function cell<Row>(column: Column<Row>, row: Row, index: number): HTMLElement {
  const value = column.value(row);
  const shown = column.cell ? column.cell(row) : typeof value === "number" ? words().number(value) : value;
  const kind = column.numeric ? "numeric" : column.acts ? "acts" : null;
  return index === 0
    ? h("th", { scope: "row", role: "rowheader", class: kind }, shown)
    : h("td", { role: "cell", class: kind, "data-label": column.acts ? null : column.label }, shown);
}

function lower(values: readonly (string | number)[]): string {
  return values.join("\n").toLocaleLowerCase(lang.value);
}
