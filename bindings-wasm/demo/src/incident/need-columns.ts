// The columns that tables of needs share.

import type { Need, Priority } from "lotse";
import { languageNames, nameOf } from "../code-names.js";
import { h, type Child } from "../ui/dom.js";
import type { Column } from "../ui/table.js";
import { words } from "../i18n.js";

const ORDER: Record<Priority, number> = { stat: 0, asap: 1, urgent: 2, routine: 3 };

export function needColumns<Row>(need: (row: Row) => Need): Column<Row>[] {
  const text = words();
  return [
    { key: "id", label: text.table.id, value: (row) => idOf(need(row)), cell: (row) => idCell(need(row)) },
    {
      key: "priority",
      label: text.table.priority,
      value: (row) => text.priority[need(row).priority ?? "routine"],
      order: (row) => ORDER[need(row).priority ?? "routine"],
    },
    { key: "help", label: text.table.help, value: (row) => nameOr("help", need(row).help) },
    {
      key: "language",
      label: text.table.language,
      value: (row) => languageNames(need(row).languages) || text.none,
    },
    { key: "region", label: text.table.region, value: (row) => nameOr("region", need(row).region) },
  ];
}

function idOf(need: Need): string {
  return [need.id, ...notesOf(need)].join(" ");
}

function idCell(need: Need): Child {
  return [need.id, notesOf(need).map((note) => h("span", { class: "under" }, note))];
}

function notesOf({ group, people }: Need): string[] {
  const notes = [
    group ? `${words().table.group} ${group}` : null,
    people && people > 1 ? words().people(people) : null,
  ];
  return notes.filter((note) => note !== null);
}

function nameOr(kind: "help" | "region", code: string | null | undefined): string {
  return code ? nameOf(kind, code) : words().none;
}
