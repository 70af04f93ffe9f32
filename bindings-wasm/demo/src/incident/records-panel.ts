// The records of the page in short, and the day on which capacities are judged. They are loaded in the view of data.

import { messages } from "../i18n.js";
import { records } from "../store.js";
import { h, on } from "../ui/dom.js";

export function recordsPanel(): HTMLElement {
  const text = messages().load;
  const { needs, offers, example, asOf } = records.value;
  const day = h("input", { type: "date", id: "plan-day", value: asOf, "aria-describedby": "plan-day-hint" });
  on(day, {
    change: () => {
      if (/^\d{4}-\d\d-\d\d$/.test(day.value)) records.value = { ...records.value, asOf: day.value };
    },
  });
  return h(
    "section",
    { class: "panel load", "aria-labelledby": "load-title" },
    h("h3", { id: "load-title" }, text.present),
    h(
      "div",
      { class: "load-state" },
      h(
        "p",
        { class: "record-count", id: "record-count", "data-testid": "record-count" },
        text.have(needs.length, offers.length),
        example ? ` ${text.invented}` : null,
      ),
      h("a", { class: "button", href: "#data", id: "to-data" }, text.title),
      offers.length === 0 ? h("p", { class: "problem" }, text.noOffers) : null,
      needs.length === 0 ? h("p", { class: "problem" }, text.noNeeds) : null,
      h(
        "div",
        { class: "field narrow" },
        h("label", { for: "plan-day" }, text.day),
        day,
        h("p", { class: "hint", id: "plan-day-hint" }, text.dayHint),
      ),
    ),
  );
}
