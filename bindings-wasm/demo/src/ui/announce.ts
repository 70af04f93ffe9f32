// What a screen reader says when it is idle. It is told a moment later, so that a change while typing is read once.

import { h } from "./dom.js";
import { later } from "./debounce.js";

/** What waits, by what it is about: a later text about the same replaces the earlier one, others are said after it. */
const waiting = new Map<string, string>();

const say = later(() => {
  region().textContent = [...waiting.values()].map((text) => (/[.!?:…]$/.test(text) ? text : `${text}.`)).join(" ");
  waiting.clear();
}, 600);

/** Has a screen reader say this; what is `about` the same thing is said once, as it is last. */
export function announce(what: string, about = what): void {
  const text = what.trim();
  if (text === "") return;
  // Also so that the same words are a change the second time.
  region().textContent = "";
  waiting.delete(about);
  waiting.set(about, text);
  say();
}

/** The polite live region: in an open dialog its own, since what lies outside is not read then. */
function region(): HTMLElement {
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const owner = dialog ?? document.body;
  const there = owner.querySelector<HTMLElement>(":scope > .announcer");
  if (there) return there;
  const made = h("p", { class: "announcer unseen", role: "status", "aria-live": "polite" });
  owner.append(made);
  return made;
}
