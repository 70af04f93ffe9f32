// The language of the page, and what it says in it.

import type { Lang } from "lotse";
import { Cell } from "./ui/signal.js";
import { de, type Words } from "./messages/de.js";
import { deSimple } from "./messages/de-simple.js";
import { en } from "./messages/en.js";

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
