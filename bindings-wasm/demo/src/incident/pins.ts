// What was fixed by hand, or by a loaded request, and holds in the next plan.

import { records } from "../desk.js";
import { offerName } from "../names.js";
import { button, fill, h } from "../parts/dom.js";
import { words } from "../tongue.js";
import { pins, unpin } from "./plan.js";

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
    panel.hidden = pins.value.size === 0;
    fill(
      list,
      [...pins.value.values()].map(({ need, offer }) => {
        const name = offerName(offers.get(offer), offer);
        const attributes = { class: "quiet small", "aria-label": `${words().remove}: ${need}, ${name}` };
        return h(
          "li",
          {},
          h("b", {}, need),
          ` → ${name} `,
          button(words().remove, () => unpin(need), attributes),
        );
      }),
    );
  };
  show();
  pins.watch(show, until);
  return panel;
}
