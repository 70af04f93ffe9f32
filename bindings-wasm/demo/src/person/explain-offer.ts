// The explanation of any offer, searched by name: all ten criteria.

import type { Explanation, Finding, Offer } from "lotse";
import { codeLabels, criterionHeading, criterionList, heading, offerName } from "../code-names.js";
import { lang, messages } from "../i18n.js";
import { currentMatcher, explainedOffer, needFromQuery, query, queryResets, records } from "../store.js";
import { announce } from "../ui/announce.js";
import { combobox, type Choice } from "../ui/combobox.js";
import { button, fill, h } from "../ui/dom.js";
import { contributionBar } from "./findings.js";
import { scoreBadge } from "./offer-card.js";

export interface OfferItem extends Choice {
  offer: Offer;
}

/** Returns the offers whose name, organisation or id contains all the typed words. */
export function searchOffers(typed: string, offers: readonly Offer[], max = 12): OfferItem[] {
  const terms = fold(typed).split(/\s+/);
  const found: OfferItem[] = [];
  for (const offer of offers) {
    if (found.length >= max) break;
    const text = fold(`${offer.name ?? ""} ${offer.organisation ?? ""} ${offer.id}`);
    if (!terms.every((term) => text.includes(term))) continue;
    const note = [offer.organisation, offer.id].filter(Boolean).join(" · ");
    found.push({ key: offer.id, name: offerName(offer, offer.id), note, offer });
  }
  return found;
}

/** Folds case and accents, and replaces separators by spaces. */
function fold(text: string): string {
  const letters = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");
  return letters.replace(/[\s()\-/.,]+/g, " ").trim();
}

export function explainOfferSection(until: AbortSignal): HTMLElement {
  const text = messages().whyNot;
  const field = h("div");
  const answer = h("div", { "data-testid": "explain-offer" });
  const currentOffer = (): Offer | undefined =>
    explainedOffer.value === null ? undefined : currentMatcher().offer(explainedOffer.value);
  const show = (): void => {
    const offer = currentOffer();
    if (!offer) return fill(answer);
    const need = needFromQuery(query.value) ?? { id: "person" };
    fill(answer, explanationCard(currentMatcher().explain(need, offer.id, { lang: lang.value }), offer, close));
  };
  const showField = (): void => {
    const offer = currentOffer();
    fill(
      field,
      combobox({
        id: "field-explain-offer",
        label: text.search,
        value: offer ? offerName(offer, offer.id) : "",
        suggest: (typed) => searchOffers(typed, records.value.offers),
        choose: (choice) => {
          explainedOffer.value = choice.offer.id;
          announce(answer.querySelector(".verdict")?.textContent ?? "", "explain-offer");
        },
        clear: () => (explainedOffer.value = null),
        keep: true,
      }),
    );
  };
  const close = (): void => {
    explainedOffer.value = null;
    showField();
    document.getElementById("field-explain-offer")?.focus();
  };
  showField();
  show();
  query.subscribe(show, until);
  explainedOffer.subscribe(show, until);
  queryResets.subscribe(showField, until);
  return h(
    "section",
    { class: "explain-offer", "aria-labelledby": "explain-offer-title" },
    h("h3", { id: "explain-offer-title" }, text.title),
    h("p", { class: "lead" }, text.lead),
    field,
    answer,
  );
}

function explanationCard(explanation: Explanation, offer: Offer, close: () => void): HTMLElement {
  const text = messages().whyNot;
  const { field } = codeLabels();
  const blocking = explanation.reasons.filter(({ blocks }) => blocks).map(({ criterion }) => criterion);
  return h(
    "article",
    { class: "card" },
    h("header", { class: "offer-head" }, h("h4", {}, offerName(offer, offer.id)), scoreBadge(explanation.score)),
    h("p", { class: "verdict" }, explanation.matches ? text.fits : text.fitsNot(criterionList(blocking))),
    h(
      "div",
      { class: "scroll", role: "region", tabindex: "0", "aria-label": messages().table.scroll },
      h(
        "table",
        { class: "explanation" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            [field.criterion, field.finding, field.reason, text.points].map((head) =>
              h("th", { scope: "col" }, heading(head)),
            ),
          ),
        ),
        h(
          "tbody",
          {},
          explanation.reasons.map((reason) => row(reason, explanation)),
        ),
      ),
    ),
    button(messages().close, close, { class: "quiet small", id: "explain-offer-close" }),
  );
}

function row(reason: Finding, { reasons }: Explanation): HTMLElement {
  const heaviest = Math.max(...reasons.map(({ weight }) => weight), 0.0001);
  return h(
    "tr",
    { class: reason.blocks ? "blocks" : null },
    h("th", { scope: "row" }, criterionHeading(reason.criterion)),
    h("td", {}, h("span", { class: `state ${stateOf(reason)}` }, stateName(reason))),
    h("td", {}, reason.text),
    h("td", {}, reason.asked ? contributionBar(reason, heaviest) : "–"),
  );
}

function stateOf({ blocks, asked, known, fit }: Finding): string {
  if (blocks) return "bad";
  if (!asked) return "open";
  if (!known) return "unsure";
  return fit === null || fit >= 0.6 ? "good" : "partly";
}

function stateName(reason: Finding): string {
  const { finding } = codeLabels();
  switch (stateOf(reason)) {
    case "bad":
      return finding.blocks;
    case "open":
      return finding.not_asked;
    case "unsure":
      return finding.unknown;
    case "good":
      return finding.met;
    default:
      return reason.fit === 0 ? finding.not_met : finding.partly_met;
  }
}
