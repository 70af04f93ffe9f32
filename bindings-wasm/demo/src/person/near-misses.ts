// Near misses: if few offers match, the criteria that exclude the others, and the required changes of the closest.

import type { Diagnosis, NearMiss, Offer } from "lotse";
import { codeLabels, criterionHeading, heading, offerName } from "../code-names.js";
import { messages } from "../i18n.js";
import { contactList } from "../ui/contact.js";
import { h } from "../ui/dom.js";

type FindOffer = (id: string) => Offer | undefined;

export function nearMissesSection(diagnosis: Diagnosis, findOffer: FindOffer): HTMLElement {
  const { results } = messages();
  const cards = diagnosis.near_misses.map((nearMiss) => nearMissCard(nearMiss, findOffer));
  return h(
    "section",
    { class: "near-misses", "aria-labelledby": "near-misses-title", "data-testid": "near-misses" },
    h("h3", { id: "near-misses-title" }, heading(codeLabels().field.near_misses)),
    cards.length > 0 ? [h("p", { class: "lead" }, results.nearLead), cards] : null,
    blockersList(diagnosis),
  );
}

function nearMissCard(nearMiss: NearMiss, findOffer: FindOffer): HTMLElement {
  const offer = findOffer(nearMiss.offer);
  return h(
    "article",
    { class: "card near-miss-card" },
    h("h4", {}, offerName(offer, nearMiss.offer)),
    offer?.organisation ? h("p", { class: "offer-by" }, offer.organisation) : null,
    changeList(nearMiss),
    contactList(offer?.contact),
  );
}

export function changeList(nearMiss: NearMiss): HTMLElement {
  return h(
    "ul",
    { class: "changes" },
    nearMiss.changes.map(({ criterion, text }) => h("li", {}, h("b", {}, criterionHeading(criterion)), ": ", text)),
  );
}

function blockersList({ blocked }: Diagnosis): HTMLElement | null {
  const rows = blocked.filter(({ offers }) => offers > 0);
  if (rows.length === 0) return null;
  const { results } = messages();
  return h(
    "details",
    { class: "blocked" },
    h("summary", {}, heading(codeLabels().field.blocked)),
    h(
      "ul",
      {},
      rows.map(({ criterion, offers, only }) =>
        h("li", {}, h("b", {}, criterionHeading(criterion)), " ", results.blocked(offers, only)),
      ),
    ),
  );
}
