// Choosing an offer for one need by hand, in a dialog. The choice is fixed and holds in the next plan.

import type { Match, Need } from "lotse";
import { begin, queryOf } from "../store.js";
import { criterionList, offerName } from "../code-names.js";
import { announce } from "../ui/announce.js";
import { combobox } from "../ui/combobox.js";
import { button, h, on, type Child } from "../ui/dom.js";
import { findOffers } from "../person/explain-offer.js";
import { words } from "../i18n.js";
import { partyOf, pin, rankFor, type Plan } from "./plan.js";

export function chooseOffer(need: Need, plan: Plan): void {
  const text = words().referrals;
  const matches = matchesFor(need, plan);
  const current = plan.answer.referrals.find((referral) => referral.need === need.id)?.offer;
  const take = (offer: string): void => {
    pin(need.id, offer);
    announce(words().choose.chosen(offerName(plan.offers.get(offer), offer)));
    dialog.close();
  };
  /** All reasons, near misses and "why not" are in the view of one person. */
  const look = (): void => {
    dialog.close();
    const people = partyOf(need, plan).reduce((sum, member) => sum + (member.people ?? 1), 0);
    begin({ ...queryOf(need), people });
    location.hash = "#person";
  };
  const dialog = h(
    "dialog",
    { class: "choose", "aria-labelledby": "choose-title", id: "choose" },
    h("h2", { id: "choose-title" }, text.choose(need.id)),
    h("p", { class: "lead" }, text.chooseLead),
    h("h3", {}, text.fitting),
    matches === null ? h("p", { class: "problem" }, text.rankFailed) : null,
    matches?.length === 0 ? h("p", {}, text.noneFits) : null,
    h(
      "ul",
      { class: "choose-list" },
      (matches ?? []).map((match) => row(match, plan, current, take)),
    ),
    combobox({
      id: "choose-any",
      label: text.any,
      suggest: (typed) => findOffers(typed, [...plan.offers.values()]),
      choose: ({ offer }) => take(offer.id),
    }),
    h(
      "div",
      { class: "dialog-end" },
      button(text.look, look, { class: "quiet", id: "choose-look" }),
      button(words().close, () => dialog.close(), { id: "choose-close" }),
    ),
  );
  on(dialog, { close: () => dialog.remove() });
  document.body.append(dialog);
  dialog.showModal();
}

/** Without a ranking any offer can still be searched for; but that is not as if none fitted. */
function matchesFor(need: Need, plan: Plan): Match[] | null {
  try {
    return rankFor(need, plan);
  } catch {
    return null;
  }
}

function row(match: Match, plan: Plan, current: string | undefined, take: (offer: string) => void): Child {
  const text = words().referrals;
  const offer = plan.offers.get(match.offer);
  const name = offerName(offer, match.offer);
  const use = plan.answer.offers.find(({ offer: id }) => id === match.offer);
  const notes = [
    offer?.organisation,
    use ? (use.places === null ? text.noLimit : text.free(words().number(use.places), use.used)) : null,
    match.to_check.length > 0 ? text.check(criterionList(match.to_check)) : null,
    match.offer === current ? text.current : null,
  ].filter(Boolean);
  return h(
    "li",
    {},
    h("div", {}, h("b", {}, name), h("p", { class: "hint" }, notes.join(" · "))),
    h("span", { class: "choose-score" }, words().number(match.score * 100)),
    button(text.take, () => take(match.offer), { class: "small", "aria-label": text.takeFor(name) }),
  );
}
