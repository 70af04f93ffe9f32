// The export of a plan: with its report as JSON, and as a table with one row per need.

import { codeLabels, codeName, crimeName, heading, languageNames, offerName } from "../code-names.js";
import { messages } from "../i18n.js";
import { button, h } from "../ui/dom.js";
import { download } from "../ui/download.js";
import { csvText } from "./csv.js";
import type { Plan } from "./plan.js";
import { notes } from "./referrals.js";

export function exportPanel(plan: Plan): HTMLElement {
  const text = messages().exporting;
  const stem = `lotse-plan-${plan.records.asOf}`;
  return h(
    "section",
    { class: "panel", "aria-labelledby": "export-title" },
    h("h3", { id: "export-title" }, text.title),
    h("p", { class: "lead" }, text.lead),
    h(
      "div",
      { class: "line" },
      button(text.csv, () => download(`${stem}.csv`, "text/csv;charset=utf-8", csvText(planTable(plan))), {
        id: "export-csv",
      }),
      button(text.json, () => download(`${stem}.json`, "application/json", planJson(plan)), { id: "export-json" }),
    ),
  );
}

function planJson({ response, report, records, policy, request }: Plan): string {
  const { fixed } = request;
  return `${JSON.stringify({ as_of: records.asOf, policy, fixed, plan: response, report }, null, 1)}\n`;
}

function planTable(plan: Plan): (string | number)[][] {
  const text = messages();
  const { table, exporting } = text;
  const { criterion, field, kind, priority } = codeLabels();
  const unmet = new Map(plan.response.unmet.map((row) => [row.need, row]));
  const referrals = new Map(plan.response.referrals.map((row) => [row.need, row]));
  const header = [
    heading(field.need),
    table.case,
    table.group,
    heading(field.people),
    heading(kind.priority),
    heading(criterion.help),
    heading(criterion.language),
    heading(criterion.region),
    heading(criterion.crime),
    exporting.status,
    heading(field.offer),
    `${heading(field.offer)} (id)`,
    table.score,
    heading(field.notes),
    heading(field.reason),
  ];
  const rows = [...plan.needs.values()].map((need): (string | number)[] => {
    const referral = referrals.get(need.id);
    const unmetNeed = unmet.get(need.id);
    return [
      need.id,
      need.case ?? "",
      need.group ?? "",
      need.people ?? 1,
      priority[need.priority ?? "routine"],
      need.help ? codeName("help", need.help) : "",
      languageNames(need.languages),
      need.region ? codeName("region", need.region) : "",
      need.crime ? crimeName(need.crime) : "",
      referral ? exporting.met : field.unmet,
      referral ? offerName(plan.offers.get(referral.offer), referral.offer) : "",
      referral?.offer ?? "",
      referral ? Math.round(referral.score * 100) : "",
      referral ? notes(referral).join(", ") : "",
      unmetNeed ? unmetNeed.text : "",
    ];
  });
  return [header, ...rows];
}
