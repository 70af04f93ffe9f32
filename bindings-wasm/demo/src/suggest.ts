// Suggestions for text that is being typed, from the library, in the language of the page.

import type { Candidate, CodeKind } from "lotse";
import { codeName, currentVocabulary } from "./code-names.js";
import { lang } from "./i18n.js";

export type Suggestion = Pick<Candidate, "code" | "context" | "name" | "how" | "word">;

export function suggest(kind: CodeKind, typed: string): Suggestion[] {
  return currentVocabulary().suggest(typed, { kind, lang: lang.value });
}

/** Returns a suggestion for a given code, for the list of an empty field. */
export function suggestionOf(kind: CodeKind, code: string): Suggestion {
  return { code, name: codeName(kind, code), how: "exact" };
}
