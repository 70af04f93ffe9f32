import { h } from "./dom.js";

/** A message of the library about records: these are in English, whatever the page speaks. */
export function foreign(message: string): HTMLElement {
  return h("span", { lang: "en" }, message);
}
