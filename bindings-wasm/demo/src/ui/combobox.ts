// A text field with a list of suggestions: the combobox pattern of WAI-ARIA (list autocomplete with manual selection).
// Nothing is selected silently: only Enter or a click on a suggestion selects it.

import { messages } from "../i18n.js";
import { announce } from "./announce.js";
import { fill, h, on, setAttributes, type Child } from "./dom.js";

export interface Choice {
  /** A key that distinguishes the choice from the others. */
  key: string;
  name: string;
  /** A second, less prominent line. */
  note?: string;
}

export interface ComboboxOptions<Item extends Choice> {
  id: string;
  label: string;
  hint?: string;
  /** Returns the suggestions for a text; those for the empty text are the open list. */
  suggest: (typed: string) => readonly Item[];
  choose: (item: Item) => void;
  /** The initial text of the field. */
  value?: string;
  /** Keeps the name of the choice in the field; otherwise the field is cleared for the next one. */
  keep?: boolean;
  /** Called when the user clears the field. */
  clear?: () => void;
}

export function combobox<Item extends Choice>(options: ComboboxOptions<Item>): HTMLElement {
  return new Combobox(options).element;
}

class Combobox<Item extends Choice> {
  readonly element: HTMLElement;
  readonly #options: ComboboxOptions<Item>;
  readonly #input: HTMLInputElement;
  readonly #list: HTMLUListElement;
  #items: readonly Item[] = [];
  #activeIndex = -1;
  #chosenText: string;

  constructor(options: ComboboxOptions<Item>) {
    const { id, label, hint } = options;
    const [listId, hintId] = [`${id}-list`, hint ? `${id}-hint` : null];
    this.#options = options;
    this.#chosenText = options.value ?? "";
    this.#input = h("input", {
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
    this.#input.value = this.#chosenText;
    this.#list = h("ul", { id: listId, role: "listbox", "aria-label": label, class: "combobox-list", hidden: true });
    on(this.#input, {
      input: () => this.#onInput(),
      click: () => {
        if (!this.#isOpen()) this.#openList();
      },
      blur: () => this.#onBlur(),
      keydown: (event) => this.#onKey(event),
    });
    this.element = h(
      "div",
      { class: "field" },
      h("label", { for: id }, label),
      hint ? h("p", { class: "hint", id: hintId }, hint) : null,
      h("div", { class: "combobox" }, this.#input, this.#list),
    );
  }

  #isOpen(): boolean {
    return !this.#list.hidden;
  }

  #close(): void {
    this.#list.hidden = true;
    this.#activeIndex = -1;
    setAttributes(this.#input, { "aria-expanded": "false", "aria-activedescendant": null });
  }

  #openList(): void {
    const typed = this.#input.value;
    this.#showSuggestions(typed === this.#chosenText ? "" : typed);
  }

  #setActive(index: number): void {
    this.#activeIndex = index;
    [...this.#list.children].forEach((option, other) =>
      setAttributes(option, { "aria-selected": String(other === index) }),
    );
    setAttributes(this.#input, { "aria-activedescendant": index < 0 ? null : `${this.#list.id}-${index}` });
    this.#list.children[index]?.scrollIntoView({ block: "nearest" });
  }

  #showSuggestions(typed: string): void {
    const text = messages().choose;
    this.#items = this.#options.suggest(typed);
    if (this.#items.length === 0) {
      this.#close();
      fill(this.#list);
      if (typed.trim() !== "") {
        // Disabled, so that it cannot be selected by mistake; the text is announced too.
        fill(this.#list, h("li", { role: "option", "aria-disabled": "true", class: "combobox-none" }, text.none));
        this.#list.hidden = false;
        setAttributes(this.#input, { "aria-expanded": "true" });
        announce(text.none, this.#options.id);
      }
      return;
    }
    fill(
      this.#list,
      this.#items.map((item, index) => this.#option(item, index)),
    );
    this.#list.hidden = false;
    setAttributes(this.#input, { "aria-expanded": "true" });
    this.#setActive(-1);
    if (typed.trim() !== "") announce(text.found(this.#items.length), this.#options.id);
  }

  #option(item: Item, index: number): HTMLElement {
    const note: Child = item.note ? h("span", { class: "combobox-note" }, item.note) : null;
    const attributes = { id: `${this.#list.id}-${index}`, role: "option", "aria-selected": "false" };
    return on(h("li", attributes, item.name, note), {
      // Otherwise the field would lose the focus, and blur would close the list before the click.
      pointerdown: (event) => event.preventDefault(),
      click: () => this.#choose(item),
    });
  }

  #choose(item: Item): void {
    this.#chosenText = this.#options.keep ? item.name : "";
    this.#input.value = this.#chosenText;
    this.#close();
    announce(messages().choose.chosen(item.name), this.#options.id);
    this.#options.choose(item);
  }

  #clearChoice(): void {
    if (this.#chosenText === "") return;
    this.#chosenText = "";
    this.#options.clear?.();
  }

  #onInput(): void {
    if (this.#input.value.trim() === "") this.#clearChoice();
    this.#showSuggestions(this.#input.value);
  }

  #onBlur(): void {
    this.#close();
    // The window, not the field, has lost the focus.
    if (document.activeElement === this.#input) return;
    // Text that was not selected does not count, so the field does not keep it.
    const typed = this.#input.value.trim();
    if (typed !== "" && this.#input.value !== this.#chosenText) {
      announce(messages().choose.dropped(typed), this.#options.id);
    }
    this.#input.value = this.#chosenText;
  }

  #onKey(event: KeyboardEvent): void {
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        if (!this.#isOpen()) this.#openList();
        if (this.#items.length > 0 && !event.altKey) this.#moveActive(event.key === "ArrowDown");
        break;
      case "Enter":
        if (this.#isOpen()) {
          event.preventDefault();
          this.#chooseActive();
        }
        break;
      case "Escape":
        if (this.#isOpen()) {
          event.preventDefault();
          this.#close();
        } else if (this.#input.value !== "") {
          this.#input.value = "";
          this.#clearChoice();
        }
        break;
      case "Tab":
        this.#close();
        break;
    }
  }

  /** Moves to the next or the previous suggestion; wraps around. */
  #moveActive(down: boolean): void {
    const [active, last] = [this.#activeIndex, this.#items.length - 1];
    if (down) this.#setActive(active >= last ? 0 : active + 1);
    else this.#setActive(active <= 0 ? last : active - 1);
  }

  #chooseActive(): void {
    const item = this.#items[this.#activeIndex] ?? (this.#items.length === 1 ? this.#items[0] : undefined);
    if (item) this.#choose(item);
    else if (this.#items.length > 0) this.#setActive(0);
  }
}
