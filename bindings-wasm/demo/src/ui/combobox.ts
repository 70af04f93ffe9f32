// A text field with a list of suggestions, after the combobox pattern of WAI-ARIA (list autocomplete, manual choice).
// Nothing is chosen silently: a choice is Enter or a click on one suggestion.

import { fill, h, on, set, type Child } from "./dom.js";
import { announce } from "./announce.js";
import { words } from "../i18n.js";

export interface Choice {
  /** What tells this choice from others. */
  key: string;
  name: string;
  /** A second, quieter line. */
  note?: string;
}

export interface ComboboxSetup<Item extends Choice> {
  id: string;
  label: string;
  hint?: string;
  /** What is offered for a text; the empty text is an open list. */
  suggest: (typed: string) => readonly Item[];
  choose: (item: Item) => void;
  /** Shown in the field at first. */
  value?: string;
  /** Keeps the chosen name in the field; otherwise the field is emptied for the next choice. */
  keep?: boolean;
  /** Called when the field is emptied by hand. */
  clear?: () => void;
}

export function combobox<Item extends Choice>(setup: ComboboxSetup<Item>): HTMLElement {
  const { id, label, hint } = setup;
  const listId = `${id}-list`;
  const hintId = hint ? `${id}-hint` : null;
  let items: readonly Item[] = [];
  let active = -1;
  let chosen = setup.value ?? "";

  const input = h("input", {
    id,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    enterkeyhint: "done",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-describedby": hintId,
  });
  input.value = chosen;
  const list = h("ul", { id: listId, role: "listbox", "aria-label": label, class: "combobox-list", hidden: true });

  const open = (): boolean => !list.hidden;
  const close = (): void => {
    list.hidden = true;
    active = -1;
    set(input, { "aria-expanded": "false", "aria-activedescendant": null });
  };
  const point = (to: number): void => {
    active = to;
    [...list.children].forEach((option, index) => set(option, { "aria-selected": String(index === to) }));
    set(input, { "aria-activedescendant": to < 0 ? null : `${listId}-${to}` });
    list.children[to]?.scrollIntoView({ block: "nearest" });
  };
  const show = (typed: string): void => {
    items = setup.suggest(typed);
    if (items.length === 0) {
      close();
      fill(list);
      if (typed.trim() !== "") {
        // No option, so that nothing can be chosen by mistake; the words are announced too.
        fill(list, h("li", { role: "option", "aria-disabled": "true", class: "combobox-none" }, words().choose.none));
        list.hidden = false;
        set(input, { "aria-expanded": "true" });
        announce(words().choose.none, id);
      }
      return;
    }
    fill(
      list,
      items.map((item, index) => option(item, index)),
    );
    list.hidden = false;
    set(input, { "aria-expanded": "true" });
    point(-1);
    if (typed.trim() !== "") announce(words().choose.found(items.length), id);
  };
  const take = (item: Item): void => {
    chosen = setup.keep ? item.name : "";
    input.value = chosen;
    close();
    announce(words().choose.chosen(item.name), id);
    setup.choose(item);
  };
  const option = (item: Item, index: number): HTMLElement => {
    const note: Child = item.note ? h("span", { class: "combobox-note" }, item.note) : null;
    const element = h("li", { id: `${listId}-${index}`, role: "option", "aria-selected": "false" }, item.name, note);
    return on(element, {
      // Before the field loses its focus.
      pointerdown: (event) => event.preventDefault(),
      click: () => take(item),
    });
  };

  on(input, {
    input: () => {
      if (input.value.trim() === "" && chosen !== "") {
        chosen = "";
        setup.clear?.();
      }
      show(input.value);
    },
    click: () => {
      if (!open()) show(input.value === chosen ? "" : input.value);
    },
    blur: () => {
      close();
      // Another window has the focus for a while.
      if (document.activeElement === input) return;
      // What was not chosen does not count, so it does not stay either.
      const typed = input.value.trim();
      if (typed !== "" && input.value !== chosen) announce(words().choose.dropped(typed), id);
      input.value = chosen;
    },
    keydown: (event) => {
      const last = items.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open()) show(input.value === chosen ? "" : input.value);
        if (items.length === 0 || event.altKey) return;
        const down = event.key === "ArrowDown";
        point(down ? (active >= last ? 0 : active + 1) : active <= 0 ? last : active - 1);
      } else if (event.key === "Enter") {
        if (!open()) return;
        event.preventDefault();
        const item = items[active] ?? (items.length === 1 ? items[0] : undefined);
        if (item) take(item);
        else if (items.length > 0) point(0);
      } else if (event.key === "Escape") {
        if (open()) {
          event.preventDefault();
          close();
        } else if (input.value !== "") {
          input.value = "";
          if (chosen !== "") {
            chosen = "";
            setup.clear?.();
          }
        }
      } else if (event.key === "Tab") {
        close();
      }
    },
  });

  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    hint ? h("p", { class: "hint", id: hintId }, hint) : null,
    h("div", { class: "combobox" }, input, list),
  );
}
