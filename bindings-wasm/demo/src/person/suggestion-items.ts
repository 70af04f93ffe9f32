// Suggestions as items of a combobox: the name, and a note that distinguishes items of the same name.

import type { CodeKind } from "lotse";
import { codeName, landName } from "../code-names.js";
import { messages } from "../i18n.js";
import { suggest, type Suggestion } from "../suggest.js";
import type { Choice } from "../ui/combobox.js";

export interface CodeItem extends Choice {
  code: string;
  context: readonly string[];
}

export function suggestionItems(kind: CodeKind, typed: string, empty: () => readonly Suggestion[]): CodeItem[] {
  const found = typed.trim() === "" ? empty() : suggest(kind, typed);
  return found.map((suggestion) => {
    const { code, context = [], name } = suggestion;
    const note = noteOf(kind, suggestion);
    return { key: `${code} ${context.join(" ")}`, code, context, name, ...(note && { note }) };
  });
}

function noteOf(kind: CodeKind, { code, context = [], how, word }: Suggestion): string {
  const { choose } = messages();
  const parts = [
    how === "typo" ? choose.typo : null,
    word ?? null,
    kind === "region" ? landName(code) : null,
    kind === "help" ? umbrella(code) : null,
    context.length > 0 ? choose.brings(context.map((tag) => codeName("context", tag)).join(", ")) : null,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

function umbrella(help: string): string | null {
  const dot = help.indexOf(".");
  return dot < 0 ? null : codeName("help", help.slice(0, dot));
}
