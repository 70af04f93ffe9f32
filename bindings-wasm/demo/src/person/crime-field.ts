// The crime and its context. A word may bring both along ("Anschlag": a killing, and terror); both are shown.

import { ask, query } from "../store.js";
import { nameOf, theTables } from "../code-names.js";
import { combobox } from "../ui/combobox.js";
import { button, fill, h } from "../ui/dom.js";
import { known } from "../suggest.js";
import { words } from "../i18n.js";
import { choices } from "./suggestion-items.js";

/** What is most often at hand; the open list only saves typing. */
const FREQUENT = ["0101", "0102", "02011", "020111", "02012", "02082", "03", "0401", "05012", "0701"];

export function crimeFields(until: AbortSignal): HTMLElement {
  const text = words().form;
  const list = h("ul", { class: "tags", "aria-label": text.context, "data-testid": "contexts" });
  const show = (): void => {
    fill(
      list,
      query.value.context.map((tag) => tagOf(tag)),
    );
    list.hidden = query.value.context.length === 0;
  };
  const tagOf = (tag: string): HTMLElement => {
    const name = nameOf("context", tag);
    const remove = (): void => {
      ask({ context: query.value.context.filter((other) => other !== tag) });
      document.getElementById("field-context")?.focus();
    };
    return h(
      "li",
      { class: "tag" },
      name,
      button("×", remove, { class: "icon", "aria-label": words().choose.clear(name) }),
    );
  };
  show();
  query.watch(show, until);

  const { crime } = query.value;
  return h(
    "div",
    { class: "crime" },
    combobox({
      id: "field-crime",
      label: text.crime,
      hint: text.crimeHint,
      value: crime ? nameOf("crime", crime) : "",
      keep: true,
      suggest: (typed) => choices("crime", typed, () => FREQUENT.map((code) => known("crime", code))),
      choose: ({ code, context }) => ask({ crime: code, context: [...new Set([...query.value.context, ...context])] }),
      clear: () => ask({ crime: null }),
    }),
    combobox({
      id: "field-context",
      label: text.contextAdd,
      hint: text.contextHint,
      suggest: (typed) => choices("context", typed, () => contexts().map((tag) => known("context", tag))),
      choose: ({ code }) => ask({ context: [...new Set([...query.value.context, code])] }),
    }),
    list,
  );
}

function contexts(): string[] {
  const named = (theTables().names ?? []).filter(({ kind }) => kind === "context").map(({ code }) => code);
  return [...new Set(named)];
}
