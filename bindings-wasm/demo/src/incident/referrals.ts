// Who goes where. Each row can be kept as agreed, or given to another offer.

import type { Need, Referral } from "lotse";
import { criterionList, offerName } from "../code-names.js";
import { button, h, set, type Child } from "../ui/dom.js";
import { pagedTable } from "../ui/table.js";
import { words } from "../i18n.js";
import { chooseOffer } from "./offer-picker.js";
import { needColumns } from "./need-columns.js";
import { pin, pins, unpin, type Plan } from "./plan.js";

interface Row {
  need: Need;
  referral: Referral;
  offer: string;
}

export function referralsPanel(plan: Plan, until: AbortSignal): HTMLElement {
  const text = words().referrals;
  const rows = plan.answer.referrals.map((referral) => ({
    referral,
    need: plan.needs.get(referral.need) ?? { id: referral.need },
    offer: offerName(plan.offers.get(referral.offer), referral.offer),
  }));
  const panel = h(
    "section",
    { class: "panel", "aria-labelledby": "referrals-title" },
    h("h3", { id: "referrals-title" }, `${text.title} (${words().number(rows.length)})`),
    h("p", { class: "lead" }, text.lead),
    pagedTable<Row>({
      id: "referrals",
      label: text.title,
      rows,
      rowId: ({ need }) => need.id,
      columns: [
        ...needColumns<Row>(({ need }) => need),
        { key: "offer", label: words().table.offer, value: ({ offer }) => offer },
        {
          key: "score",
          label: words().table.score,
          value: ({ referral }) => Math.round(referral.score * 100),
          numeric: true,
        },
        {
          key: "notes",
          label: words().table.notes,
          value: ({ referral }) => notes(referral).join("; "),
          cell: noteCell,
        },
        {
          key: "act",
          label: words().table.act,
          value: () => "",
          acts: true,
          cell: (row) => acts(row, plan),
        },
      ],
    }),
  );
  pins.watch(() => {
    for (const keep of panel.querySelectorAll<HTMLElement>("[data-keep]")) {
      set(keep, { "aria-pressed": String(isKept(keep.dataset.keep ?? "", keep.dataset.offer ?? "")) });
    }
  }, until);
  return panel;
}

function isKept(need: string, offer: string): boolean {
  return pins.value.get(need)?.offer === offer;
}

function notes({ neighbour, fixed, to_check: toCheck, breaks }: Referral): string[] {
  const text = words().referrals;
  return [
    fixed ? text.fixed : null,
    breaks.length > 0 ? text.breaks(criterionList(breaks)) : null,
    neighbour ? text.neighbour : null,
    toCheck.length > 0 ? text.check(criterionList(toCheck)) : null,
  ].filter((note) => note !== null);
}

function noteCell({ referral }: Row): Child {
  return h(
    "ul",
    {},
    notes(referral).map((note) => h("li", {}, note)),
  );
}

function acts({ need, referral, offer }: Row, plan: Plan): Child {
  const text = words().referrals;
  const keep = (): void => {
    if (isKept(need.id, referral.offer)) unpin(need.id);
    else pin(need.id, referral.offer);
  };
  return h(
    "div",
    { class: "acts-line" },
    button(text.pin, keep, {
      class: "quiet small",
      "aria-label": text.pinFor(need.id, offer),
      "aria-pressed": String(isKept(need.id, referral.offer)),
      "data-keep": need.id,
      "data-offer": referral.offer,
    }),
    button(text.other, () => chooseOffer(need, plan), {
      class: "quiet small",
      "aria-label": text.otherFor(need.id),
    }),
  );
}
