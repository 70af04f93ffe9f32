// Announcements for screen readers. They are delayed, so that changes while typing are read once.

import { debounce } from "./debounce.js";
import { h } from "./dom.js";

const DELAY_MS = 600;

/**
 * Pending announcements by topic: a later one replaces an earlier one of the same topic, all others are read in order.
 */
const pending = new Map<string, string>();

const flushPending = debounce(() => {
  liveRegion().textContent = [...pending.values()].map((text) => (/[.!?:…]$/.test(text) ? text : `${text}.`)).join(" ");
  pending.clear();
}, DELAY_MS);

/** Announces a text; of several texts about the same `topic` only the last one is read. */
export function announce(message: string, topic = message): void {
  const text = message.trim();
  if (text === "") return;
  // A region that is cleared in between announces the same text again.
  liveRegion().textContent = "";
  pending.delete(topic);
  pending.set(topic, text);
  flushPending();
}

/** The polite live region of the open dialog, outside of which nothing is read, or else of the page. */
function liveRegion(): HTMLElement {
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const owner = dialog ?? document.body;
  const existing = owner.querySelector<HTMLElement>(":scope > .announcer");
  if (existing) return existing;
  const created = h("p", { class: "announcer visually-hidden", role: "status", "aria-live": "polite" });
  owner.append(created);
  return created;
}
