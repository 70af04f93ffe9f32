// The card of one match: offer, score, criteria to check, contact data and reasons.

import type { Criterion, Finding, Match, Offer } from "lotse";
import { codeLabels, criterionHeading, heading, offerName } from "../code-names.js";
import { messages } from "../i18n.js";
import { selectedOffers } from "../store.js";
import { contactList } from "../ui/contact.js";
import { h, on, uniqueId } from "../ui/dom.js";
import { findingList } from "./findings.js";

/** A match with the findings of its criteria to check. */
export interface OfferCardData {
  match: Match;
  checks: readonly Finding[];
}

export function offerCard({ match, checks }: OfferCardData, offer: Offer | undefined, open: boolean): HTMLElement {
  const { results } = messages();
  const name = offerName(offer, match.offer);
  const id = uniqueId("card");
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
      scoreBadge(match.score),
    ),
    toCheckBox(match.to_check, checks),
    contactList(offer?.contact),
    h(
      "details",
      { open },
      h("summary", {}, results.why, h("span", { class: "visually-hidden" }, `: ${name}`)),
      findingList(reasons, match.to_check),
    ),
    sheetBox(match.offer, name),
  );
}

export function scoreBadge(value: number): HTMLElement {
  const { results, number } = messages();
  return h(
    "p",
    { class: "score" },
    h("span", { class: "score-number" }, number(value * 100)),
    h("span", { class: "score-of" }, `${results.score} ${results.of100}`),
  );
}

function toCheckBox(toCheck: readonly Criterion[], reasons: readonly Finding[]): HTMLElement | null {
  if (toCheck.length === 0) return null;
  return h(
    "div",
    { class: "to-check", "data-testid": "to-check" },
    h("p", { class: "to-check-title" }, heading(codeLabels().finding.to_check)),
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
  const { results } = messages();
  const box = h("input", { type: "checkbox", "aria-label": results.sheetFor(name) });
  box.checked = selectedOffers.has(offer);
  on(box, {
    change: () => {
      if (box.checked) selectedOffers.add(offer);
      else selectedOffers.delete(offer);
    },
  });
  return h("label", { class: "sheet-box" }, box, results.sheet);
}
