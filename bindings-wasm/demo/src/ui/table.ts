// A paged table: it stays responsive with thousands of rows, because it renders one page of them, filtered and sorted.

import { lang, messages } from "../i18n.js";
import { announce } from "./announce.js";
import { debounce } from "./debounce.js";
import { button, fill, h, on, setAttributes, type Child } from "./dom.js";

export interface Column<Row> {
  key: string;
  label: string;
  /** The value that is shown as text, filtered and sorted; numbers sort as numbers. */
  value: (row: Row) => string | number;
  /** The content of the cell, if it is not the text. */
  cell?: (row: Row) => Child;
  /** The sort key, if it is not the value. */
  order?: (row: Row) => number;
  numeric?: boolean;
  /** `true` if the cells are buttons; such a column is neither filtered nor sorted. */
  isActions?: boolean;
}

export interface TableOptions<Row> {
  id: string;
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  sortBy?: string;
  pageSize?: number;
  rowId?: (row: Row) => string;
}

const PAGE_SIZE = 25;
/** The number of rows up to which a table has no filter. */
const MAX_ROWS_WITHOUT_FILTER = 8;
const FILTER_DELAY_MS = 120;

export function pagedTable<Row>(options: TableOptions<Row>): HTMLElement {
  return new PagedTable(options).element;
}

class PagedTable<Row> {
  readonly element: HTMLElement;
  readonly #options: TableOptions<Row>;
  readonly #pageSize: number;
  readonly #text = messages().table;
  readonly #collator = new Intl.Collator(lang.value, { numeric: true });
  readonly #filter: HTMLInputElement;
  readonly #headers: readonly HTMLElement[];
  readonly #body = h("tbody", { role: "rowgroup" });
  readonly #position: HTMLElement;
  readonly #back = button(this.#text.previous, () => this.#turnPage(-1), { class: "quiet" });
  readonly #next = button(this.#text.next, () => this.#turnPage(1), { class: "quiet" });
  readonly #pager: HTMLElement;
  #sort: { column: Column<Row>; descending: boolean } | null = null;
  #filtered: readonly Row[];
  #sorted: readonly Row[];
  #page = 0;
  // Built when the filter is used first: most tables are never filtered.
  #texts: string[] | undefined;

  constructor(options: TableOptions<Row>) {
    const { id, rows } = options;
    this.#options = options;
    this.#pageSize = options.pageSize ?? PAGE_SIZE;
    this.#filtered = rows;
    this.#sorted = rows;
    this.#filter = h("input", {
      type: "search",
      id: `${id}-filter`,
      placeholder: this.#text.filterHint,
      autocomplete: "off",
      spellcheck: "false",
      "data-testid": `${id}-filter`,
    });
    on(this.#filter, { input: debounce(() => this.#applyFilter(), FILTER_DELAY_MS) });
    this.#position = h("span", { class: "pager-position", "data-testid": `${id}-position` });
    this.#pager = h("div", { class: "pager" }, this.#back, this.#position, this.#next);
    this.#headers = options.columns.map((column) => this.#header(column));
    this.#sortInitially();
    this.element = this.#layout();
  }

  #layout(): HTMLElement {
    const { id, label, rows } = this.#options;
    const text = this.#text;
    const head = h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, this.#headers));
    const hasFilter = rows.length > MAX_ROWS_WITHOUT_FILTER;
    return h(
      "div",
      { class: "paged", id, "data-testid": id },
      hasFilter
        ? h("div", { class: "field filter" }, h("label", { for: this.#filter.id }, text.filter), this.#filter)
        : null,
      h(
        "div",
        { class: "scroll", role: "region", tabindex: "0", "aria-label": `${label} (${text.scroll})` },
        // On a phone the style turns each row into a card; without the roles a browser would no longer expose a table.
        h("table", { role: "table" }, head, this.#body),
      ),
      this.#pager,
    );
  }

  #header(column: Column<Row>): HTMLElement {
    if (column.isActions) {
      return h("th", { scope: "col", role: "columnheader" }, h("span", { class: "visually-hidden" }, column.label));
    }
    const header = h("th", { scope: "col", role: "columnheader", class: column.numeric ? "numeric" : null });
    const sort = button(column.label, () => this.#sortBy(column, header));
    setAttributes(sort, { class: "sort" });
    header.append(sort);
    return header;
  }

  #sortInitially(): void {
    const { columns, sortBy } = this.#options;
    const column = columns.find(({ key }) => key === sortBy);
    if (column) {
      this.#sort = { column, descending: false };
      const header = this.#headers[columns.indexOf(column)];
      if (header) setAttributes(header, { "aria-sort": "ascending" });
    }
    this.#arrange();
  }

  #sortBy(column: Column<Row>, header: HTMLElement): void {
    const descending = this.#sort?.column === column && !this.#sort.descending;
    this.#sort = { column, descending };
    for (const other of this.#headers) setAttributes(other, { "aria-sort": null });
    setAttributes(header, { "aria-sort": descending ? "descending" : "ascending" });
    this.#arrange();
    announce(`${column.label}: ${descending ? this.#text.sortedDown : this.#text.sortedUp}`, this.#options.id);
  }

  #applyFilter(): void {
    const { columns, id, rows } = this.#options;
    const terms = this.#filter.value.toLocaleLowerCase(lang.value).split(/\s+/).filter(Boolean);
    this.#texts ??= rows.map((row) =>
      lowerCaseText(columns.filter(({ isActions }) => !isActions).map((column) => column.value(row))),
    );
    const texts = this.#texts;
    this.#filtered =
      terms.length === 0 ? rows : rows.filter((_, index) => terms.every((term) => texts[index]?.includes(term)));
    this.#arrange();
    announce(this.#filtered.length === 0 ? this.#text.noRows : (this.#position.textContent ?? ""), id);
  }

  /** Sorts the filtered rows and shows the first page. */
  #arrange(): void {
    this.#page = 0;
    this.#sorted = this.#filtered;
    if (this.#sort) {
      const { column, descending } = this.#sort;
      const keyed = this.#filtered.map((row) => ({ row, key: column.order?.(row) ?? column.value(row) }));
      keyed.sort(({ key: a }, { key: b }) => {
        const difference =
          typeof a === "number" && typeof b === "number" ? a - b : this.#collator.compare(String(a), String(b));
        return descending ? -difference : difference;
      });
      this.#sorted = keyed.map(({ row }) => row);
    }
    this.#showPage();
  }

  #turnPage(by: number): void {
    this.#page += by;
    this.#showPage();
    // A disabled button loses the focus.
    if (this.#back.disabled) this.#next.focus();
    else if (this.#next.disabled) this.#back.focus();
    announce(this.#position.textContent ?? "", this.#options.id);
  }

  #showPage(): void {
    const { columns, rows, rowId } = this.#options;
    const start = this.#page * this.#pageSize;
    const page = this.#sorted.slice(start, start + this.#pageSize);
    const empty = h("td", { role: "cell", colspan: columns.length, class: "empty" }, this.#text.noRows);
    fill(
      this.#body,
      page.map((row) =>
        h(
          "tr",
          { role: "row", "data-row": rowId?.(row) },
          columns.map((column, index) => cell(column, row, index)),
        ),
      ),
      page.length === 0 ? h("tr", { role: "row" }, empty) : null,
    );
    this.#position.textContent =
      page.length === 0 ? "" : this.#text.rows(start + 1, start + page.length, this.#sorted.length);
    this.#back.disabled = this.#page === 0;
    this.#next.disabled = start + this.#pageSize >= this.#sorted.length;
    this.#pager.hidden = rows.length <= this.#pageSize;
  }
}

function cell<Row>(column: Column<Row>, row: Row, index: number): HTMLElement {
  const value = column.value(row);
  const content = column.cell ? column.cell(row) : typeof value === "number" ? messages().number(value) : value;
  const kind = column.numeric ? "numeric" : column.isActions ? "actions" : null;
  return index === 0
    ? h("th", { scope: "row", role: "rowheader", class: kind }, content)
    : h("td", { role: "cell", class: kind, "data-label": column.isActions ? null : column.label }, content);
}

function lowerCaseText(values: readonly (string | number)[]): string {
  return values.join("\n").toLocaleLowerCase(lang.value);
}
