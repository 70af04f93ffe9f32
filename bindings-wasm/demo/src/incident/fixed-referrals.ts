// What was fixed by hand, or by a loaded request, and holds in the next plan.

import type { FixedReferral } from "lotse";
import { records } from "../store.js";
import { offerName } from "../code-names.js";
import { button, fill, freshId, h, on } from "../ui/dom.js";
import { words } from "../i18n.js";
import { countPin, pins, unpin } from "./plan.js";

export function pinsPanel(until: AbortSignal): HTMLElement {
  const text = words().referrals;
  const list = h("ul", { class: "pins", "data-testid": "pins" });
  const panel = h(
    "section",
    { class: "panel", "aria-labelledby": "pins-title" },
    h("h3", { id: "pins-title" }, text.pins),
    h("p", { class: "lead" }, text.pinsLead),
    list,
  );
  const show = (): void => {
    const offers = new Map(records.value.offers.map((offer) => [offer.id, offer]));
    const name = (offer: string): string => offerName(offers.get(offer), offer);
    const keepFocus = focusIn(list);
    panel.hidden = pins.value.size === 0;
    fill(
      list,
      [...pins.value.values()].map((fixed) => row(fixed, name(fixed.offer))),
    );
    keepFocus();
  };
  show();
  for (const cell of [pins, records]) cell.watch(show, until);
  return panel;
}

function row({ need, offer: id, counted }: FixedReferral, offer: string): HTMLElement {
  const text = words().referrals;
  const box = h("input", { type: "checkbox", id: freshId("counted"), "aria-label": text.countedFor(need, offer) });
  box.checked = Boolean(counted);
  on(box, { change: () => countPin(need, box.checked) });
  return h(
    "li",
    { "data-pin": need, "data-offer": id },
    h("span", {}, h("b", {}, need), ` → ${offer}`),
    h("label", { class: "check-line", for: box.id }, box, text.counted),
    button(words().remove, () => unpin(need), {
      class: "quiet small",
      "aria-label": `${words().remove}: ${need}, ${offer}`,
    }),
  );
}

/** Gives the focus back after the list is built anew: to the same row, or to the one that has moved up. */
function focusIn(list: HTMLElement): () => void {
  const at = [...list.children].findIndex((item) => item.contains(document.activeElement));
  const kind = document.activeElement instanceof HTMLInputElement ? "input" : "button";
  return () => {
    if (at < 0) return;
    const item = list.children[Math.min(at, list.children.length - 1)];
    const next = item?.querySelector<HTMLElement>(kind) ?? document.querySelector<HTMLElement>("#plan-run:enabled");
    (next ?? document.getElementById("plan-cancel"))?.focus();
  };
}
