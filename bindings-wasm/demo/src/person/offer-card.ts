// One suggested offer: what it is, how well it fits and why, what to ask, and how to reach it.

import type { Criterion, Match, Offer, Finding } from "lotse";
import { picked } from "../store.js";
import { contactList } from "../ui/contact.js";
import { freshId, h, on } from "../ui/dom.js";
import { criterionHeading, offerName } from "../code-names.js";
import { words } from "../i18n.js";
import { reasonList } from "./findings.js";

/** A match with the reasons for what is to be checked. */
export interface Shown {
  match: Match;
  checks: readonly Finding[];
}

export function offerCard({ match, checks }: Shown, offer: Offer | undefined, open: boolean): HTMLElement {
  const { results } = words();
  const name = offerName(offer, match.offer);
  const id = freshId("card");
  const reasons = match.reasons ?? [];
  return h(
    "article",
    { class: "card offer", "aria-labelledby": id, "data-testid": "offer-card", "data-offer": match.offer },
    h(
      "header",
      { class: "offer-head" },
      h(
        "div",
        {},
        h("h3", { id }, name),
        offer?.organisation ? h("p", { class: "offer-by" }, offer.organisation) : null,
      ),
      score(match.score),
    ),
    toCheckBox(match.to_check, checks),
    contactList(offer?.contact),
    h(
      "details",
      { open },
      h("summary", {}, results.why, h("span", { class: "unseen" }, `: ${name}`)),
      reasonList(reasons, match.to_check),
    ),
    sheetBox(match.offer, name),
  );
}

export function score(value: number): HTMLElement {
  const { results, number } = words();
  return h(
    "p",
    { class: "score" },
    h("span", { class: "score-number" }, number(value * 100)),
    h("span", { class: "score-of" }, `${results.score} ${results.of100}`),
  );
}

function toCheckBox(toCheck: readonly Criterion[], reasons: readonly Finding[]): HTMLElement | null {
  if (toCheck.length === 0) return null;
  const { results } = words();
  return h(
    "div",
    { class: "to-check", "data-testid": "to-check" },
    h("p", { class: "to-check-title" }, results.toCheck),
    h(
      "ul",
      {},
      toCheck.map((criterion) => {
        const reason = reasons.find((other) => other.criterion === criterion);
        const name = criterionHeading(criterion);
        return h("li", {}, h("b", {}, name), reason ? `: ${reason.text}` : null);
      }),
    ),
  );
}

function sheetBox(offer: string, name: string): HTMLElement {
  const { results } = words();
  const box = h("input", { type: "checkbox", "aria-label": results.sheetFor(name) });
  box.checked = picked.has(offer);
  on(box, {
    change: () => {
      if (box.checked) picked.add(offer);
      else picked.delete(offer);
    },
  });
  return h("label", { class: "sheet-box" }, box, results.sheet);
}
