// Suggestions for what is being typed: those of the library, in the language of the page.

import type { Candidate, CodeKind } from "lotse";
import { nameOf, theVocabulary } from "./code-names.js";
import { lang } from "./i18n.js";

export type Suggestion = Pick<Candidate, "code" | "context" | "name" | "how" | "word">;

export function suggest(kind: CodeKind, typed: string): Suggestion[] {
  return theVocabulary().suggest(typed, { kind, lang: lang.value });
}

/** A suggestion for a code that is known, as for the list of an empty field. */
export function known(kind: CodeKind, code: string): Suggestion {
  return { code, name: nameOf(kind, code), how: "exact" };
}
