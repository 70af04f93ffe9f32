// When few offers fit: what excludes the others, and which would fit if something changed.

import type { Diagnosis, NearMiss, Offer } from "lotse";
import { h } from "../ui/dom.js";
import { contactList } from "../ui/contact.js";
import { criterionHeading, offerName } from "../code-names.js";
import { words } from "../i18n.js";

type Find = (id: string) => Offer | undefined;

export function nearMisses(diagnosis: Diagnosis, find: Find): HTMLElement {
  const { results } = words();
  return h(
    "section",
    { class: "near", "aria-labelledby": "near-title", "data-testid": "near-misses" },
    h("h3", { id: "near-title" }, results.near),
    diagnosis.near_misses.length > 0
      ? [h("p", { class: "lead" }, results.nearLead), diagnosis.near_misses.map((miss) => nearCard(miss, find))]
      : null,
    blockedList(diagnosis),
  );
}

function nearCard(miss: NearMiss, find: Find): HTMLElement {
  const offer = find(miss.offer);
  return h(
    "article",
    { class: "card near-card" },
    h("h4", {}, offerName(offer, miss.offer)),
    offer?.organisation ? h("p", { class: "offer-by" }, offer.organisation) : null,
    changeList(miss),
    contactList(offer?.contact),
  );
}

export function changeList(miss: NearMiss): HTMLElement {
  return h(
    "ul",
    { class: "changes" },
    miss.changes.map(({ criterion, text }) => h("li", {}, h("b", {}, criterionHeading(criterion)), ": ", text)),
  );
}

function blockedList({ blocked }: Diagnosis): HTMLElement | null {
  const rows = blocked.filter(({ offers }) => offers > 0);
  if (rows.length === 0) return null;
  const { results } = words();
  return h(
    "details",
    { class: "blocked" },
    h("summary", {}, results.blockers),
    h(
      "ul",
      {},
      rows.map(({ criterion, offers, only }) =>
        h("li", {}, h("b", {}, criterionHeading(criterion)), " ", results.blocked(offers, only)),
      ),
    ),
  );
}
