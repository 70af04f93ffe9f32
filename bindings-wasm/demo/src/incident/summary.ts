// What the plan comes to, in a few sentences.

import type { Priority, Objective } from "lotse";
import { h } from "../ui/dom.js";
import { words } from "../i18n.js";
import type { Plan } from "./plan.js";

const PRIORITIES: readonly Priority[] = ["stat", "asap", "urgent", "routine"];

export function summary({ answer, report }: Plan): HTMLElement {
  const text = words().plan;
  const { total, by_priority: rows } = report;
  return h(
    "section",
    { class: "panel summary", "aria-labelledby": "summary-text" },
    h(
      "p",
      { class: "summary-text", id: "summary-text", tabindex: "-1", "data-testid": "summary" },
      summarySentence(report),
    ),
    h(
      "ul",
      { class: "summary-bars" },
      PRIORITIES.map((priority) => {
        const row = rows.find(({ code }) => code === priority);
        if (!row || row.needs === 0) return null;
        const bar = h("span", { class: "share", "aria-hidden": "true" }, h("span", { class: "share-met" }));
        bar.style.setProperty("--got", String(row.met / row.needs));
        return h(
          "li",
          {},
          h("span", {}, words().priority[priority]),
          bar,
          h("span", { class: "summary-number" }, text.served(row.met, row.needs)),
        );
      }),
    ),
    h(
      "p",
      { class: "hint" },
      [total.met_by_neighbour > 0 ? text.neighbourShare(total.met_by_neighbour) : null, proof(answer)]
        .filter((sentence) => sentence !== null)
        .join(" "),
    ),
  );
}

export function summarySentence(report: Plan["report"]): string {
  const text = words().plan;
  const { total, by_priority: rows } = report;
  const pressing = PRIORITIES.slice(0, 3).flatMap((priority) => {
    const unmet = rows.find(({ code }) => code === priority)?.unmet ?? 0;
    return unmet > 0 ? [`${words().number(unmet)} ${words().priority[priority]}`] : [];
  });
  const served = text.summary(total.met, total.needs, total.people_met, total.people);
  return `${served} ${text.without(total.unmet, words().and(pressing))}`;
}

function proof({ certificate }: Plan["answer"]): string {
  const text = words().plan;
  if (certificate.optimal) return text.best;
  const proven = certificate.gap && provenGap(certificate.gap);
  return proven ? `${text.nearBest} ${proven}` : text.nearBest;
}

/** A gap is known at one level only, the first that differs: of those below it nothing is proven. */
function provenGap({ people, kept, score }: Objective): string | null {
  const { plan: text, report } = words();
  const level = PRIORITIES.find((priority) => people[priority] > 0);
  if (level) return text.gapPeople(report.more(people[level], words().priority[level]));
  if (kept > 0) return text.gapKept(kept);
  return score > 0 ? text.gapScore : null;
}
