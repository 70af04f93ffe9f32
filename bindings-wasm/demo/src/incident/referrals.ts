// The referrals of a plan. Each can be fixed, or moved to another offer.

import type { Need, Referral } from "lotse";
import { codeLabels, criterionList, heading, offerName } from "../code-names.js";
import { messages } from "../i18n.js";
import { button, h, setAttributes, type Child } from "../ui/dom.js";
import { pagedTable } from "../ui/table.js";
import { needColumns } from "./need-columns.js";
import { openOfferPicker } from "./offer-picker.js";
import { fixedReferrals, fixReferral, unfixReferral, type Plan } from "./plan.js";

interface Row {
  need: Need;
  referral: Referral;
  offer: string;
}

export function referralsPanel(plan: Plan, until: AbortSignal): HTMLElement {
  const text = messages().referrals;
  const rows = plan.response.referrals.map((referral) => ({
    referral,
    need: plan.needs.get(referral.need) ?? { id: referral.need },
    offer: offerName(plan.offers.get(referral.offer), referral.offer),
  }));
  const panel = h(
    "section",
    { class: "panel", "aria-labelledby": "referrals-title" },
    h("h3", { id: "referrals-title" }, `${heading(codeLabels().field.referrals)} (${messages().number(rows.length)})`),
    h("p", { class: "lead" }, text.lead),
    pagedTable<Row>({
      id: "referrals",
      label: heading(codeLabels().field.referrals),
      rows,
      rowId: ({ need }) => need.id,
      columns: [
        ...needColumns<Row>(({ need }) => need),
        { key: "offer", label: heading(codeLabels().field.offer), value: ({ offer }) => offer },
        {
          key: "score",
          label: messages().table.score,
          value: ({ referral }) => Math.round(referral.score * 100),
          numeric: true,
        },
        {
          key: "notes",
          label: heading(codeLabels().field.notes),
          value: ({ referral }) => notes(referral).join("; "),
          cell: notesCell,
        },
        {
          key: "act",
          label: messages().table.act,
          value: () => "",
          isActions: true,
          cell: (row) => actions(row, plan),
        },
      ],
    }),
  );
  fixedReferrals.subscribe(() => {
    for (const fix of panel.querySelectorAll<HTMLElement>("[data-fix]")) {
      setAttributes(fix, { "aria-pressed": String(isFixed(fix.dataset.fix ?? "", fix.dataset.offer ?? "")) });
    }
  }, until);
  return panel;
}

function isFixed(need: string, offer: string): boolean {
  return fixedReferrals.value.get(need)?.offer === offer;
}

export function notes({ neighbour, fixed, to_check: toCheck, breaks }: Referral): string[] {
  const { field, finding } = codeLabels();
  return [
    fixed ? field.fixed : null,
    breaks.length > 0 ? `${field.breaks}: ${criterionList(breaks)}` : null,
    neighbour ? field.neighbour : null,
    toCheck.length > 0 ? `${finding.to_check}: ${criterionList(toCheck)}` : null,
  ].filter((note) => note !== null);
}

function notesCell({ referral }: Row): Child {
  return h(
    "ul",
    {},
    notes(referral).map((note) => h("li", {}, note)),
  );
}

function actions({ need, referral, offer }: Row, plan: Plan): Child {
  const text = messages().referrals;
  const toggle = (): void => {
    if (isFixed(need.id, referral.offer)) unfixReferral(need.id);
    else fixReferral(need.id, referral.offer);
  };
  return h(
    "div",
    { class: "actions-line" },
    button(text.pin, toggle, {
      class: "quiet small",
      "aria-label": text.pinFor(need.id, offer),
      "aria-pressed": String(isFixed(need.id, referral.offer)),
      "data-fix": need.id,
      "data-offer": referral.offer,
    }),
    button(text.other, () => openOfferPicker(need, plan), {
      class: "quiet small",
      "aria-label": text.otherFor(need.id),
    }),
  );
}
