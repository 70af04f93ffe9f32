// The columns that all tables of needs share.

import type { Need, Priority } from "lotse";
import { codeLabels, codeName, heading, languageNames } from "../code-names.js";
import { messages } from "../i18n.js";
import { h, type Child } from "../ui/dom.js";
import type { Column } from "../ui/table.js";

const PRIORITY_ORDER: Record<Priority, number> = { stat: 0, asap: 1, urgent: 2, routine: 3 };

export function needColumns<Row>(need: (row: Row) => Need): Column<Row>[] {
  const { criterion, field, kind, none, priority } = codeLabels();
  return [
    { key: "id", label: heading(field.need), value: (row) => idText(need(row)), cell: (row) => idCell(need(row)) },
    {
      key: "priority",
      label: heading(kind.priority),
      value: (row) => priority[need(row).priority ?? "routine"],
      order: (row) => PRIORITY_ORDER[need(row).priority ?? "routine"],
    },
    { key: "help", label: heading(criterion.help), value: (row) => codeNameOrNone("help", need(row).help) },
    {
      key: "language",
      label: heading(criterion.language),
      value: (row) => languageNames(need(row).languages) || none.code,
    },
    { key: "region", label: heading(criterion.region), value: (row) => codeNameOrNone("region", need(row).region) },
  ];
}

function idText(need: Need): string {
  return [need.id, ...needNotes(need)].join(" ");
}

function idCell(need: Need): Child {
  return [need.id, needNotes(need).map((note) => h("span", { class: "subline" }, note))];
}

function needNotes({ group, people }: Need): string[] {
  const notes = [
    group ? `${messages().table.group} ${group}` : null,
    people && people > 1 ? messages().people(people) : null,
  ];
  return notes.filter((note) => note !== null);
}

function codeNameOrNone(kind: "help" | "region", code: string | null | undefined): string {
  return code ? codeName(kind, code) : codeLabels().none.code;
}
