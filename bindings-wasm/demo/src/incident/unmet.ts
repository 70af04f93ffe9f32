// The unmet needs with their reasons: the first part of a plan, sorted by priority.

import type { Need, UnmetNeed } from "lotse";
import { codeLabels, criterionHeading, heading, offerName } from "../code-names.js";
import { messages } from "../i18n.js";
import { changeList } from "../person/near-misses.js";
import { button, h, type Child } from "../ui/dom.js";
import { pagedTable } from "../ui/table.js";
import { needColumns } from "./need-columns.js";
import { openOfferPicker } from "./offer-picker.js";
import type { Plan } from "./plan.js";

interface Row {
  need: Need;
  unmet: UnmetNeed;
}

export function unmetPanel(plan: Plan): HTMLElement {
  const text = messages().unmet;
  const rows = plan.response.unmet.map((unmet) => ({ unmet, need: plan.needs.get(unmet.need) ?? { id: unmet.need } }));
  return h(
    "section",
    { class: "panel", "aria-labelledby": "unmet-title" },
    h("h3", { id: "unmet-title" }, `${heading(codeLabels().field.unmet)} (${messages().number(rows.length)})`),
    rows.length === 0
      ? h("p", {}, text.none)
      : [
          h("p", { class: "lead" }, text.lead),
          pagedTable<Row>({
            id: "unmet",
            label: heading(codeLabels().field.unmet),
            rows,
            sortBy: "priority",
            rowId: ({ need }) => need.id,
            columns: [
              ...needColumns<Row>(({ need }) => need),
              {
                key: "reason",
                label: heading(codeLabels().field.reason),
                value: ({ unmet }) => `${codeLabels().unmet[unmet.reason]} ${unmet.text}`,
                cell: ({ unmet }) => reason(unmet, plan),
              },
              {
                key: "act",
                label: messages().table.act,
                value: () => "",
                isActions: true,
                cell: ({ need }) =>
                  button(messages().referrals.find, () => openOfferPicker(need, plan), {
                    class: "quiet small",
                    "aria-label": messages().referrals.findFor(need.id),
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
    h("span", { class: "badge" }, codeLabels().unmet[unmet.reason]),
    " ",
    specificReason(unmet, plan) ?? unmet.text,
    facts(unmet, plan),
  );
}

/** If no offer matches, returns the change of the closest near miss, or the criterion that excludes most offers. */
function specificReason(unmet: UnmetNeed, plan: Plan): string | null {
  if (unmet.reason !== "no_offer" || unmet.facts.diagnosis.matching > 0) return null;
  const { diagnosis } = unmet.facts;
  const [nearest] = diagnosis.near_misses;
  const [change] = nearest?.changes ?? [];
  if (nearest && change && nearest.changes.length === 1) {
    return messages().unmet.nearest(offerName(plan.offers.get(nearest.offer), nearest.offer), change.text);
  }
  const [first] = [...diagnosis.blocked].sort((a, b) => b.only - a.only || b.offers - a.offers);
  return first ? `${criterionHeading(first.criterion)} ${messages().results.blocked(first.offers, first.only)}.` : null;
}

function facts(unmet: UnmetNeed, plan: Plan): Child {
  const text = messages().unmet;
  const name = (id: string): string => offerName(plan.offers.get(id), id);
  const details = (summary: string, lines: Child): Child => h("details", {}, h("summary", {}, summary), lines);
  switch (unmet.reason) {
    case "no_offer": {
      const { near_misses: misses } = unmet.facts.diagnosis;
      const lines = misses.map((miss) =>
        h("div", { class: "near-miss-line" }, h("b", {}, name(miss.offer)), changeList(miss)),
      );
      return lines.length > 0 ? details(heading(codeLabels().field.near_misses), lines) : null;
    }
    case "no_common_offer": {
      const lines = unmet.facts.split.map(({ offer, needs }) => h("li", {}, `${name(offer)}: ${needs.join(", ")}`));
      return lines.length > 0 ? details(text.split, h("ul", {}, lines)) : null;
    }
    case "place_unknown": {
      const lines = unmet.facts.to_phone
        .slice(0, 10)
        .map((id) => h("li", {}, [name(id), plan.offers.get(id)?.contact?.phone].filter(Boolean).join(", ")));
      return details(text.phone, h("ul", {}, lines));
    }
    default:
      return null;
  }
}
