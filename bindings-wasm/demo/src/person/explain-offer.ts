// "Why not this one?": any offer by name, with all ten criteria.

import type { Explanation, Offer, Finding } from "lotse";
import { askedAbout, begun, needOf, query, records, theMatcher } from "../store.js";
import { criterionHeading, criterionList, offerName } from "../code-names.js";
import { announce } from "../ui/announce.js";
import { combobox, type Choice } from "../ui/combobox.js";
import { button, fill, h } from "../ui/dom.js";
import { lang, words } from "../i18n.js";
import { score } from "./offer-card.js";
import { contributionBar } from "./findings.js";

export interface OfferChoice extends Choice {
  offer: Offer;
}

/** Offers whose name, organisation or id holds all the words. */
export function findOffers(typed: string, among: readonly Offer[], most = 12): OfferChoice[] {
  const wanted = plain(typed).split(/\s+/);
  const found: OfferChoice[] = [];
  for (const offer of among) {
    if (found.length >= most) break;
    const text = plain(`${offer.name ?? ""} ${offer.organisation ?? ""} ${offer.id}`);
    if (!wanted.every((word) => text.includes(word))) continue;
    const note = [offer.organisation, offer.id].filter(Boolean).join(" · ");
    found.push({ key: offer.id, name: offerName(offer, offer.id), note, offer });
  }
  return found;
}

/** Without case, accents and what stands between words. */
function plain(text: string): string {
  const letters = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");
  return letters.replace(/[\s()\-/.,]+/g, " ").trim();
}

export function whyNot(until: AbortSignal): HTMLElement {
  const text = words().whyNot;
  const field = h("div");
  const answer = h("div", { "data-testid": "why-not" });
  const offerNow = (): Offer | undefined =>
    askedAbout.value === null ? undefined : theMatcher().offer(askedAbout.value);
  const show = (): void => {
    const offer = offerNow();
    if (!offer) return fill(answer);
    const need = needOf(query.value) ?? { id: "person" };
    fill(answer, explanationCard(theMatcher().explain(need, offer.id, { lang: lang.value }), offer, putAway));
  };
  const build = (): void => {
    const offer = offerNow();
    fill(
      field,
      combobox({
        id: "field-why-not",
        label: text.search,
        value: offer ? offerName(offer, offer.id) : "",
        suggest: (typed) => findOffers(typed, records.value.offers),
        choose: (choice) => {
          askedAbout.value = choice.offer.id;
          announce(answer.querySelector(".verdict")?.textContent ?? "", "why-not");
        },
        clear: () => (askedAbout.value = null),
        keep: true,
      }),
    );
  };
  const putAway = (): void => {
    askedAbout.value = null;
    build();
    document.getElementById("field-why-not")?.focus();
  };
  build();
  show();
  query.watch(show, until);
  askedAbout.watch(show, until);
  begun.watch(build, until);
  return h(
    "section",
    { class: "why-not", "aria-labelledby": "why-not-title" },
    h("h3", { id: "why-not-title" }, text.title),
    h("p", { class: "lead" }, text.lead),
    field,
    answer,
  );
}

function explanationCard(explanation: Explanation, offer: Offer, close: () => void): HTMLElement {
  const text = words().whyNot;
  const blocking = explanation.reasons.filter(({ blocks }) => blocks).map(({ criterion }) => criterion);
  return h(
    "article",
    { class: "card" },
    h("header", { class: "offer-head" }, h("h4", {}, offerName(offer, offer.id)), score(explanation.score)),
    h("p", { class: "verdict" }, explanation.matches ? text.fits : text.fitsNot(criterionList(blocking))),
    h(
      "div",
      { class: "scroll", role: "region", tabindex: "0", "aria-label": words().table.scroll },
      h(
        "table",
        { class: "explanation" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            [text.criterion, text.state, text.finding, text.points].map((head) => h("th", { scope: "col" }, head)),
          ),
        ),
        h(
          "tbody",
          {},
          explanation.reasons.map((reason) => row(reason, explanation)),
        ),
      ),
    ),
    button(words().close, close, { class: "quiet small", id: "why-not-close" }),
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

function stateOf({ blocks, asked: wasAsked, known, fit }: Finding): string {
  if (blocks) return "bad";
  if (!wasAsked) return "open";
  if (!known) return "unsure";
  return fit === null || fit >= 0.6 ? "good" : "partly";
}

function stateName(reason: Finding): string {
  const text = words().whyNot;
  switch (stateOf(reason)) {
    case "bad":
      return text.blocks;
    case "open":
      return text.notAsked;
    case "unsure":
      return text.unknown;
    case "good":
      return text.met;
    default:
      return reason.fit === 0 ? text.notMet : text.partly;
  }
}
