import { h } from "./dom.js";

/** Marks a message of the library about records as English, which it is in every language of the page. */
export function englishText(message: string): HTMLElement {
  return h("span", { lang: "en" }, message);
}
