// A dialog to choose an offer for one need by hand. The choice becomes a fixed referral, which the next plan keeps.

import type { Match, Need } from "lotse";
import { codeLabels, criterionList, offerName } from "../code-names.js";
import { messages } from "../i18n.js";
import { searchOffers } from "../person/explain-offer.js";
import { queryFromNeed, startQuery } from "../store.js";
import { announce } from "../ui/announce.js";
import { combobox } from "../ui/combobox.js";
import { button, h, on, type Child } from "../ui/dom.js";
import { fixReferral, partyMembers, rankForNeed, type Plan } from "./plan.js";

export function openOfferPicker(need: Need, plan: Plan): void {
  const text = messages().referrals;
  const matches = rankOffers(need, plan);
  const current = plan.response.referrals.find((referral) => referral.need === need.id)?.offer;
  const choose = (offer: string): void => {
    fixReferral(need.id, offer);
    announce(messages().choose.chosen(offerName(plan.offers.get(offer), offer)));
    dialog.close();
  };
  /** The view for one person has all findings, near misses and explanations. */
  const openQuery = (): void => {
    dialog.close();
    const people = partyMembers(need, plan).reduce((sum, member) => sum + (member.people ?? 1), 0);
    startQuery({ ...queryFromNeed(need), people });
    location.hash = "#person";
  };
  const dialog = h(
    "dialog",
    { class: "offer-picker", "aria-labelledby": "offer-picker-title", id: "offer-picker" },
    h("h2", { id: "offer-picker-title" }, text.choose(need.id)),
    h("p", { class: "lead" }, text.chooseLead),
    h("h3", {}, text.fitting),
    matches === null ? h("p", { class: "problem" }, text.rankFailed) : null,
    matches?.length === 0 ? h("p", {}, text.noneFits) : null,
    h(
      "ul",
      { class: "offer-picker-list" },
      (matches ?? []).map((match) => row(match, plan, current, choose)),
    ),
    combobox({
      id: "offer-picker-any",
      label: text.any,
      suggest: (typed) => searchOffers(typed, [...plan.offers.values()]),
      choose: ({ offer }) => choose(offer.id),
    }),
    h(
      "div",
      { class: "dialog-end" },
      button(text.look, openQuery, { class: "quiet", id: "offer-picker-query" }),
      button(messages().close, () => dialog.close(), { id: "offer-picker-close" }),
    ),
  );
  on(dialog, { close: () => dialog.remove() });
  document.body.append(dialog);
  dialog.showModal();
}

/** Returns `null` if ranking fails, which differs from no match. Any offer can still be searched for. */
function rankOffers(need: Need, plan: Plan): Match[] | null {
  try {
    return rankForNeed(need, plan);
  } catch {
    return null;
  }
}

function row(match: Match, plan: Plan, current: string | undefined, choose: (offer: string) => void): Child {
  const text = messages().referrals;
  const offer = plan.offers.get(match.offer);
  const name = offerName(offer, match.offer);
  const usage = plan.response.offers.find(({ offer: id }) => id === match.offer);
  const notes = [
    offer?.organisation,
    usage ? (usage.places === null ? text.noLimit : text.free(messages().number(usage.places), usage.used)) : null,
    match.to_check.length > 0 ? `${codeLabels().finding.to_check}: ${criterionList(match.to_check)}` : null,
    match.offer === current ? text.current : null,
  ].filter(Boolean);
  return h(
    "li",
    {},
    h("div", {}, h("b", {}, name), h("p", { class: "hint" }, notes.join(" · "))),
    h("span", { class: "offer-picker-score" }, messages().number(match.score * 100)),
    button(text.take, () => choose(match.offer), { class: "small", "aria-label": text.takeFor(name) }),
  );
}
