// The display language of the page, and its message catalogues.

import type { Lang } from "lotse";
import { deSimple } from "./messages/de-simple.js";
import { de, type Messages } from "./messages/de.js";
import { en } from "./messages/en.js";
import { Signal } from "./ui/signal.js";

const catalogues: Record<Lang, Messages> = { de, en, "de-simple": deSimple };

/** The display languages with their own names, in the order of the switch. */
export const displayLanguages: readonly { lang: Lang; name: string }[] = [
  { lang: "de", name: "Deutsch" },
  { lang: "de-simple", name: "Einfache Sprache" },
  { lang: "en", name: "English" },
];

export const lang = new Signal<Lang>(navigator.language.toLowerCase().startsWith("de") ? "de" : "en");

/** Returns the message catalogue of the display language. */
export function messages(): Messages {
  return catalogues[lang.value];
}
