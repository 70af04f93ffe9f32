import { begun } from "../store.js";
import { fill, h } from "../ui/dom.js";
import { personForm } from "./need-form.js";
import { personResults } from "./ranking.js";

export function personView(until: AbortSignal): HTMLElement {
  const left = h("div");
  let building = new AbortController();
  until.addEventListener("abort", () => building.abort(), { once: true });
  const build = (): void => {
    building.abort();
    building = new AbortController();
    fill(left, personForm(building.signal));
  };
  build();
  begun.watch(() => {
    build();
    document.getElementById("field-help")?.focus();
  }, until);
  return h("div", { class: "person" }, left, personResults(until));
}
