// The frame of the view of data. What is in it is loaded after the page, together with what renders it.

import { messages } from "../i18n.js";
import { fill, h } from "../ui/dom.js";

export function dataView(until: AbortSignal): HTMLElement {
  const steps = h("div", { class: "data-steps" });
  void loadSteps()
    .then(({ renderSteps }) => {
      if (!until.aborted) renderSteps(steps, until);
    })
    .catch(() => fill(steps, h("p", { class: "problem", role: "alert" }, messages().broken)));
  return h("div", { class: "data" }, h("h2", { id: "data-title", tabindex: "-1" }, messages().data), steps);
}

/** Loads the view, so that it needs no network when it is opened. */
export function loadSteps(): Promise<typeof import("./view.js")> {
  return import("./view.js");
}
