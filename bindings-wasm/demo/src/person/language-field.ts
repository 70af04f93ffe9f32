// The languages of the person: an ordered list, each with its level.

import type { LanguageLevel } from "lotse";
import { codeLabels, codeName, languageTag } from "../code-names.js";
import { messages } from "../i18n.js";
import { query, records, updateQuery, type Query } from "../store.js";
import { suggestionOf, type Suggestion } from "../suggest.js";
import { announce } from "../ui/announce.js";
import { combobox } from "../ui/combobox.js";
import { button, fill, h, on } from "../ui/dom.js";
import { suggestionItems } from "./suggestion-items.js";

type Languages = Query["languages"];

const LEVELS: readonly LanguageLevel[] = ["native", "C2", "C1", "B2", "B1", "A2", "A1"];
/** The number of languages in the open list. */
const MAX_FREQUENT = 14;

export function languageField(): HTMLElement {
  const text = messages().form;
  const list = h("ol", { class: "languages", "aria-label": text.languagesList, "data-testid": "languages" });
  const change = (languages: Languages): void => {
    updateQuery({ languages });
    showLanguages(list, change);
  };
  showLanguages(list, change);
  return h(
    "div",
    {},
    combobox({
      id: "field-language",
      label: text.languages,
      hint: text.languagesHint,
      suggest: (typed) => suggestionItems("language", typed, frequentLanguages),
      choose: ({ code }) => {
        if (query.value.languages.some(({ tag }) => tag === code)) return;
        change([...query.value.languages, { tag: code, level: null }]);
      },
    }),
    list,
  );
}

function showLanguages(list: HTMLElement, change: (languages: Languages) => void): void {
  const { languages } = query.value;
  fill(
    list,
    languages.map(({ tag, level }, index) => {
      const name = codeName("language", tag);
      const remove = (): void => {
        change(query.value.languages.filter((_, other) => other !== index));
        document.getElementById("field-language")?.focus();
      };
      return h(
        "li",
        {},
        h("span", { class: "languages-name" }, name),
        levelField(tag, level, index),
        h(
          "span",
          { class: "languages-actions" },
          moveButton("↑", messages().form.up(name), list, index, index - 1, change),
          moveButton("↓", messages().form.down(name), list, index, index + 1, change),
          button("×", remove, { class: "icon", "aria-label": messages().choose.clear(name) }),
        ),
      );
    }),
  );
}

function levelField(tag: string, level: LanguageLevel | null, index: number): HTMLElement {
  const text = messages().form;
  const select = h(
    "select",
    { "aria-label": text.level(codeName("language", tag)), "data-testid": `level-${tag}` },
    h("option", { value: "" }, text.levelOpen),
    LEVELS.map((code) => h("option", { value: code, selected: level === code }, codeLabels().level[code])),
  );
  return on(select, {
    change: () => {
      const selected = LEVELS.find((code) => code === select.value) ?? null;
      updateQuery({
        languages: query.value.languages.map((language, other) =>
          other === index ? { ...language, level: selected } : language,
        ),
      });
    },
  });
}

function moveButton(
  symbol: string,
  label: string,
  list: HTMLElement,
  from: number,
  to: number,
  change: (languages: Languages) => void,
): HTMLElement {
  const move = (): void => {
    const languages = [...query.value.languages];
    const [moved] = languages.splice(from, 1);
    if (!moved) return;
    languages.splice(to, 0, moved);
    change(languages);
    // The button of the same direction in the new row, or the other one at the end of the list.
    const buttons = list.children[to]?.querySelectorAll<HTMLButtonElement>("button.move:not([disabled])");
    buttons?.[to < from ? 0 : buttons.length - 1]?.focus();
    announce(`${codeName("language", moved.tag)}: ${to + 1}.`, "languages");
  };
  const isEnd = to < 0 || to >= query.value.languages.length;
  return button(symbol, move, { class: "icon move", "aria-label": label, disabled: isEnd });
}

/** Returns the languages that most offers provide, for the open list. */
function frequentLanguages(): Suggestion[] {
  const counts = new Map<string, number>();
  for (const { languages } of records.value.offers) {
    for (const language of languages ?? []) {
      const tag = languageTag(language);
      if (tag !== "mul") counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, MAX_FREQUENT)
    .map(([tag]) => suggestionOf("language", tag));
}
