// The view for one person: the form, and the ranking for its query.

import { queryResets } from "../store.js";
import { fill, h } from "../ui/dom.js";
import { needForm } from "./need-form.js";
import { rankingSection } from "./ranking.js";

export function personView(until: AbortSignal): HTMLElement {
  const form = h("div");
  let formLifetime = new AbortController();
  until.addEventListener("abort", () => formLifetime.abort(), { once: true });
  const showForm = (): void => {
    formLifetime.abort();
    formLifetime = new AbortController();
    fill(form, needForm(formLifetime.signal));
  };
  showForm();
  queryResets.subscribe(() => {
    showForm();
    document.getElementById("field-help")?.focus();
  }, until);
  return h("div", { class: "person" }, form, rankingSection(until));
}
