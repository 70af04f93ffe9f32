// The crime and its context. A typed word may imply both ("Anschlag": a killing, and terrorism); both are shown.

import { codeName, currentTables } from "../code-names.js";
import { messages } from "../i18n.js";
import { query, updateQuery } from "../store.js";
import { suggestionOf } from "../suggest.js";
import { combobox } from "../ui/combobox.js";
import { button, fill, h } from "../ui/dom.js";
import { suggestionItems } from "./suggestion-items.js";

/** The most frequent crimes, for the open list. */
const FREQUENT = ["0101", "0102", "02011", "020111", "02012", "02082", "03", "0401", "05012", "0701"];

export function crimeFields(until: AbortSignal): HTMLElement {
  const text = messages().form;
  const list = h("ul", { class: "tags", "aria-label": text.context, "data-testid": "contexts" });
  const show = (): void => {
    fill(
      list,
      query.value.context.map((tag) => tagItem(tag)),
    );
    list.hidden = query.value.context.length === 0;
  };
  const tagItem = (tag: string): HTMLElement => {
    const name = codeName("context", tag);
    const remove = (): void => {
      updateQuery({ context: query.value.context.filter((other) => other !== tag) });
      document.getElementById("field-context")?.focus();
    };
    return h(
      "li",
      { class: "tag" },
      name,
      button("×", remove, { class: "icon", "aria-label": messages().choose.clear(name) }),
    );
  };
  show();
  query.subscribe(show, until);

  const { crime } = query.value;
  return h(
    "div",
    { class: "crime" },
    combobox({
      id: "field-crime",
      label: text.crime,
      hint: text.crimeHint,
      value: crime ? codeName("crime", crime) : "",
      keep: true,
      suggest: (typed) => suggestionItems("crime", typed, () => FREQUENT.map((code) => suggestionOf("crime", code))),
      choose: ({ code, context }) =>
        updateQuery({ crime: code, context: [...new Set([...query.value.context, ...context])] }),
      clear: () => updateQuery({ crime: null }),
    }),
    combobox({
      id: "field-context",
      label: text.contextAdd,
      hint: text.contextHint,
      suggest: (typed) =>
        suggestionItems("context", typed, () => contextTags().map((tag) => suggestionOf("context", tag))),
      choose: ({ code }) => updateQuery({ context: [...new Set([...query.value.context, code])] }),
    }),
    list,
  );
}

function contextTags(): string[] {
  const named = (currentTables().names ?? []).filter(({ kind }) => kind === "context").map(({ code }) => code);
  return [...new Set(named)];
}
