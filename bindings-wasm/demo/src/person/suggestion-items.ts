// Suggestions as choices of a combobox: the name, and a quieter line that tells them apart.

import type { CodeKind } from "lotse";
import { landOf, nameOf } from "../code-names.js";
import type { Choice } from "../ui/combobox.js";
import { suggest, type Suggestion } from "../suggest.js";
import { words } from "../i18n.js";

export interface CodeChoice extends Choice {
  code: string;
  context: readonly string[];
}

export function choices(kind: CodeKind, typed: string, empty: () => readonly Suggestion[]): CodeChoice[] {
  const found = typed.trim() === "" ? empty() : suggest(kind, typed);
  return found.map((suggestion) => {
    const { code, context = [], name } = suggestion;
    const note = noteOf(kind, suggestion);
    return { key: `${code} ${context.join(" ")}`, code, context, name, ...(note && { note }) };
  });
}

function noteOf(kind: CodeKind, { code, context = [], how, word }: Suggestion): string {
  const { choose } = words();
  const parts = [
    how === "typo" ? choose.typo : null,
    word ?? null,
    kind === "region" ? landOf(code) : null,
    kind === "help" ? umbrella(code) : null,
    context.length > 0 ? choose.brings(context.map((tag) => nameOf("context", tag)).join(", ")) : null,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

function umbrella(help: string): string | null {
  const dot = help.indexOf(".");
  return dot < 0 ? null : nameOf("help", help.slice(0, dot));
}
