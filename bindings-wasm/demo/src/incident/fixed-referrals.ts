// The referrals that are fixed by hand or by an imported request. The next plan keeps them.

import type { FixedReferral } from "lotse";
import { offerName } from "../code-names.js";
import { messages } from "../i18n.js";
import { records } from "../store.js";
import { button, fill, h, on, uniqueId } from "../ui/dom.js";
import { fixedReferrals, setCounted, unfixReferral } from "./plan.js";

export function fixedReferralsPanel(until: AbortSignal): HTMLElement {
  const text = messages().referrals;
  const list = h("ul", { class: "fixed-referrals", "data-testid": "fixed-referrals" });
  const panel = h(
    "section",
    { class: "panel", "aria-labelledby": "fixed-referrals-title" },
    h("h3", { id: "fixed-referrals-title" }, text.pins),
    h("p", { class: "lead" }, text.pinsLead),
    list,
  );
  const show = (): void => {
    const offers = new Map(records.value.offers.map((offer) => [offer.id, offer]));
    const name = (offer: string): string => offerName(offers.get(offer), offer);
    const restore = restoreFocus(list);
    panel.hidden = fixedReferrals.value.size === 0;
    fill(
      list,
      [...fixedReferrals.value.values()].map((fixed) => row(fixed, name(fixed.offer))),
    );
    restore();
  };
  show();
  for (const signal of [fixedReferrals, records]) signal.subscribe(show, until);
  return panel;
}

function row({ need, offer: id, counted }: FixedReferral, offer: string): HTMLElement {
  const text = messages().referrals;
  const box = h("input", { type: "checkbox", id: uniqueId("counted"), "aria-label": text.countedFor(need, offer) });
  box.checked = Boolean(counted);
  on(box, { change: () => setCounted(need, box.checked) });
  return h(
    "li",
    { "data-fixed": need, "data-offer": id },
    h("span", {}, h("b", {}, need), ` → ${offer}`),
    h("label", { class: "check-line", for: box.id }, box, text.counted),
    button(messages().remove, () => unfixReferral(need), {
      class: "quiet small",
      "aria-label": `${messages().remove}: ${need}, ${offer}`,
    }),
  );
}

/**
 * Returns a function that restores the focus after the list is rebuilt: to the same row, or to the one that replaced
 * it.
 */
function restoreFocus(list: HTMLElement): () => void {
  const index = [...list.children].findIndex((item) => item.contains(document.activeElement));
  const kind = document.activeElement instanceof HTMLInputElement ? "input" : "button";
  return () => {
    if (index < 0) return;
    const item = list.children[Math.min(index, list.children.length - 1)];
    const next = item?.querySelector<HTMLElement>(kind) ?? document.querySelector<HTMLElement>("#plan-run:enabled");
    (next ?? document.getElementById("plan-cancel"))?.focus();
  };
}
