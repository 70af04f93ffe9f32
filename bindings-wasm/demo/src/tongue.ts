// The language of the page, and what it says in it.

import type { Lang } from "lotse";
import { Cell } from "./parts/cell.js";
import { de, type Words } from "./words/de.js";
import { deSimple } from "./words/de-simple.js";
import { en } from "./words/en.js";

const catalogues: Record<Lang, Words> = { de, en, "de-simple": deSimple };

/** What the languages call themselves, in the order of the switch. */
export const tongues: readonly { lang: Lang; name: string }[] = [
  { lang: "de", name: "Deutsch" },
  { lang: "de-simple", name: "Einfache Sprache" },
  { lang: "en", name: "English" },
];

export const lang = new Cell<Lang>(navigator.language.toLowerCase().startsWith("de") ? "de" : "en");

export function words(): Words {
  return catalogues[lang.value];
}
