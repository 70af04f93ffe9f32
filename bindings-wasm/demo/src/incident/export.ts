// What can be taken along: the plan and its report as data, and one row for each need as a table.

import { crimeName, criterionList, languageNames, nameOf, offerName } from "../code-names.js";
import { download } from "../ui/download.js";
import { button, h } from "../ui/dom.js";
import { words } from "../i18n.js";
import { csvText } from "./csv.js";
import type { Plan } from "./plan.js";

export function exportPanel(plan: Plan): HTMLElement {
  const text = words().exporting;
  const stem = `lotse-plan-${plan.records.asOf}`;
  return h(
    "section",
    { class: "panel", "aria-labelledby": "export-title" },
    h("h3", { id: "export-title" }, text.title),
    h("p", { class: "lead" }, text.lead),
    h(
      "div",
      { class: "line" },
      button(text.csv, () => download(`${stem}.csv`, "text/csv;charset=utf-8", csvText(tableOf(plan))), {
        id: "export-csv",
      }),
      button(text.json, () => download(`${stem}.json`, "application/json", jsonOf(plan)), { id: "export-json" }),
    ),
  );
}

function jsonOf({ answer, report, records, policy, fixed }: Plan): string {
  return `${JSON.stringify({ as_of: records.asOf, policy, fixed, plan: answer, report }, null, 1)}\n`;
}

function tableOf(plan: Plan): (string | number)[][] {
  const text = words();
  const { table, exporting, report } = text;
  const unmet = new Map(plan.answer.unmet.map((row) => [row.need, row]));
  const referrals = new Map(plan.answer.referrals.map((row) => [row.need, row]));
  const head = [
    table.id,
    table.case,
    table.group,
    table.people,
    table.priority,
    table.help,
    table.language,
    table.region,
    report.byCrime,
    exporting.status,
    table.offer,
    `${table.offer} (id)`,
    table.score,
    table.notes,
    table.reason,
  ];
  const rows = [...plan.needs.values()].map((need): (string | number)[] => {
    const referral = referrals.get(need.id);
    const missing = unmet.get(need.id);
    const notes = referral
      ? [
          referral.fixed ? text.referrals.fixed : "",
          referral.neighbour ? text.referrals.neighbour : "",
          referral.to_check.length > 0 ? text.referrals.check(criterionList(referral.to_check)) : "",
          referral.breaks.length > 0 ? text.referrals.breaks(criterionList(referral.breaks)) : "",
        ].filter(Boolean)
      : [];
    return [
      need.id,
      need.case ?? "",
      need.group ?? "",
      need.people ?? 1,
      text.priority[need.priority ?? "routine"],
      need.help ? nameOf("help", need.help) : "",
      languageNames(need.languages),
      need.region ? nameOf("region", need.region) : "",
      need.crime ? crimeName(need.crime) : "",
      referral ? exporting.met : exporting.unmet,
      referral ? offerName(plan.offers.get(referral.offer), referral.offer) : "",
      referral?.offer ?? "",
      referral ? Math.round(referral.score * 100) : "",
      notes.join(", "),
      missing ? missing.text : "",
    ];
  });
  return [head, ...rows];
}
