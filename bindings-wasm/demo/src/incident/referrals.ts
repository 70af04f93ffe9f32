// Who goes where. Each row can be kept as agreed, or given to another offer.

import type { Need, Referral } from "lotse";
import { criterionNames, offerName } from "../names.js";
import { button, h, set, type Child } from "../parts/dom.js";
import { pagedTable } from "../parts/table.js";
import { words } from "../tongue.js";
import { chooseOffer } from "./choose.js";
import { needColumns } from "./columns.js";
import { pin, pins, unpin, type Plan } from "./plan.js";

interface Row {
  need: Need;
  referral: Referral;
  offer: string;
}

export function referralsPanel(plan: Plan): HTMLElement {
  const text = words().referrals;
  const rows = plan.answer.referrals.map((referral) => ({
    referral,
    need: plan.needs.get(referral.need) ?? { id: referral.need },
    offer: offerName(plan.offers.get(referral.offer), referral.offer),
  }));
  const columns = needColumns<Row>(({ need }) => need);
  return h(
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
        columns.id,
        columns.priority,
        columns.help,
        columns.language,
        columns.region,
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
}

function notes({ neighbour, fixed, to_check: toCheck, breaks }: Referral): string[] {
  const text = words().referrals;
  return [
    fixed ? text.fixed : null,
    breaks.length > 0 ? text.breaks(criterionNames(breaks)) : null,
    neighbour ? text.neighbour : null,
    toCheck.length > 0 ? text.check(criterionNames(toCheck)) : null,
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
  const keep = button(
    text.pin,
    () => {
      if (pins.value.get(need.id)?.offer === referral.offer) unpin(need.id);
      else pin(need.id, referral.offer);
      show();
    },
    { class: "quiet small", "aria-label": text.pinFor(need.id, offer) },
  );
  const show = (): void => {
    set(keep, { "aria-pressed": String(pins.value.get(need.id)?.offer === referral.offer) });
  };
  show();
  return h(
    "div",
    { class: "acts-line" },
    keep,
    button(text.other, () => void chooseOffer(need, plan), {
      class: "quiet small",
      "aria-label": text.otherFor(need.id),
    }),
  );
}
