// Who goes without, and why: first in the plan, the most pressing first.

import type { Need, UnmetNeed } from "lotse";
import { criterionHeading, offerName } from "../code-names.js";
import { button, h, type Child } from "../ui/dom.js";
import { pagedTable } from "../ui/table.js";
import { changeList } from "../person/near-misses.js";
import { words } from "../i18n.js";
import { chooseOffer } from "./offer-picker.js";
import { needColumns } from "./need-columns.js";
import type { Plan } from "./plan.js";

interface Row {
  need: Need;
  unmet: UnmetNeed;
}

export function unmetPanel(plan: Plan): HTMLElement {
  const text = words().unmet;
  const rows = plan.answer.unmet.map((unmet) => ({ unmet, need: plan.needs.get(unmet.need) ?? { id: unmet.need } }));
  return h(
    "section",
    { class: "panel", "aria-labelledby": "unmet-title" },
    h("h3", { id: "unmet-title" }, `${text.title} (${words().number(rows.length)})`),
    rows.length === 0
      ? h("p", {}, text.none)
      : [
          h("p", { class: "lead" }, text.lead),
          pagedTable<Row>({
            id: "unmet",
            label: text.title,
            rows,
            sortBy: "priority",
            rowId: ({ need }) => need.id,
            columns: [
              ...needColumns<Row>(({ need }) => need),
              {
                key: "reason",
                label: words().table.reason,
                value: ({ unmet }) => `${text.reasons[unmet.reason]} ${unmet.text}`,
                cell: ({ unmet }) => reason(unmet, plan),
              },
              {
                key: "act",
                label: words().table.act,
                value: () => "",
                acts: true,
                cell: ({ need }) =>
                  button(words().referrals.find, () => chooseOffer(need, plan), {
                    class: "quiet small",
                    "aria-label": words().referrals.findFor(need.id),
                  }),
              },
            ],
          }),
        ],
  );
}

function reason(unmet: UnmetNeed, plan: Plan): Child {
  return h(
    "div",
    { class: "reason-cell" },
    h("span", { class: "badge" }, words().unmet.reasons[unmet.reason]),
    " ",
    closer(unmet, plan) ?? unmet.text,
    facts(unmet, plan),
  );
}

/** Where no offer matches, the badge says so; what comes nearest, or what excludes most, says more. */
function closer({ reason, facts }: UnmetNeed, plan: Plan): string | null {
  const { diagnosis } = facts;
  if (reason !== "no_offer" || !diagnosis || diagnosis.matching > 0) return null;
  const [nearest] = diagnosis.near_misses;
  const [change] = nearest?.changes ?? [];
  if (nearest && change && nearest.changes.length === 1) {
    return words().unmet.nearest(offerName(plan.offers.get(nearest.offer), nearest.offer), change.text);
  }
  const [first] = [...diagnosis.blocked].sort((a, b) => b.only - a.only || b.offers - a.offers);
  return first ? `${criterionHeading(first.criterion)} ${words().results.blocked(first.offers, first.only)}.` : null;
}

function facts({ facts: { diagnosis, to_phone: toPhone, split } }: UnmetNeed, plan: Plan): Child {
  const text = words().unmet;
  const name = (id: string): string => offerName(plan.offers.get(id), id);
  if (diagnosis && diagnosis.near_misses.length > 0) {
    return h(
      "details",
      {},
      h("summary", {}, text.near),
      diagnosis.near_misses.map((miss) =>
        h("div", { class: "near-line" }, h("b", {}, name(miss.offer)), changeList(miss)),
      ),
    );
  }
  if (toPhone && toPhone.length > 0) {
    return h(
      "details",
      {},
      h("summary", {}, text.phone),
      h(
        "ul",
        {},
        toPhone
          .slice(0, 10)
          .map((id) => h("li", {}, [name(id), plan.offers.get(id)?.contact?.phone].filter(Boolean).join(", "))),
      ),
    );
  }
  if (split && split.length > 0) {
    return h(
      "details",
      {},
      h("summary", {}, text.split),
      h(
        "ul",
        {},
        split.map(({ offer, needs }) => h("li", {}, `${name(offer)}: ${needs.join(", ")}`)),
      ),
    );
  }
  return null;
}
