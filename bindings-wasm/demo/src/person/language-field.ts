// The languages of the person: several, in order, each with how well it is spoken.

import type { LanguageLevel } from "lotse";
import { ask, query, records } from "../store.js";
import { nameOf, tagOf } from "../code-names.js";
import { announce } from "../ui/announce.js";
import { combobox } from "../ui/combobox.js";
import { button, fill, h, on } from "../ui/dom.js";
import { known } from "../suggest.js";
import { words } from "../i18n.js";
import { choices } from "./suggestion-items.js";

const LEVELS: readonly LanguageLevel[] = ["native", "C2", "C1", "B2", "B1", "A2", "A1"];

export function languagesField(): HTMLElement {
  const text = words().form;
  const list = h("ol", { class: "languages", "aria-label": text.languagesList, "data-testid": "languages" });
  const show = (): void =>
    fill(
      list,
      query.value.languages.map((_, index) => row(index)),
    );

  const change = (languages: typeof query.value.languages): void => {
    ask({ languages });
    show();
  };

  const move = (from: number, to: number): void => {
    const languages = [...query.value.languages];
    const [moved] = languages.splice(from, 1);
    if (!moved) return;
    languages.splice(to, 0, moved);
    change(languages);
    const buttons = list.children[to]?.querySelectorAll<HTMLButtonElement>("button.move:not([disabled])");
    buttons?.[to < from ? 0 : buttons.length - 1]?.focus();
    announce(`${nameOf("language", moved.tag)}: ${to + 1}.`, "languages");
  };

  const row = (index: number): HTMLElement => {
    const { languages } = query.value;
    const language = languages[index];
    if (!language) return h("li");
    const name = nameOf("language", language.tag);
    const level = h(
      "select",
      { "aria-label": text.level(name), "data-testid": `level-${language.tag}` },
      h("option", { value: "" }, text.levelOpen),
      LEVELS.map((code) => h("option", { value: code, selected: language.level === code }, words().level[code])),
    );
    on(level, {
      change: () => {
        const chosen = LEVELS.find((code) => code === level.value) ?? null;
        ask({
          languages: query.value.languages.map((other, at) => (at === index ? { ...other, level: chosen } : other)),
        });
      },
    });
    const remove = (): void => {
      change(query.value.languages.filter((_, at) => at !== index));
      document.getElementById("field-language")?.focus();
    };
    return h(
      "li",
      {},
      h("span", { class: "languages-name" }, name),
      level,
      h(
        "span",
        { class: "languages-acts" },
        button("↑", () => move(index, index - 1), {
          class: "icon move",
          "aria-label": text.up(name),
          disabled: index === 0,
        }),
        button("↓", () => move(index, index + 1), {
          class: "icon move",
          "aria-label": text.down(name),
          disabled: index === languages.length - 1,
        }),
        button("×", remove, { class: "icon", "aria-label": words().choose.clear(name) }),
      ),
    );
  };

  show();
  return h(
    "div",
    {},
    combobox({
      id: "field-language",
      label: text.languages,
      hint: text.languagesHint,
      suggest: (typed) => choices("language", typed, offered),
      choose: ({ code }) => {
        if (query.value.languages.some(({ tag }) => tag === code)) return;
        change([...query.value.languages, { tag: code, level: null }]);
      },
    }),
    list,
  );
}

/** For the open list: the languages that the offers name, the most frequent first. */
function offered(): ReturnType<typeof known>[] {
  const times = new Map<string, number>();
  for (const { languages } of records.value.offers) {
    for (const language of languages ?? []) {
      const tag = tagOf(language);
      if (tag !== "mul") times.set(tag, (times.get(tag) ?? 0) + 1);
    }
  }
  const tags = [...times].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 14);
  return tags.map(([tag]) => known("language", tag));
}
