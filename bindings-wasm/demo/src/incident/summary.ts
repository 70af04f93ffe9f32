// The summary of a plan in a few sentences.

import type { Objective, Priority } from "lotse";
import { codeLabels } from "../code-names.js";
import { messages } from "../i18n.js";
import { h } from "../ui/dom.js";
import type { Plan } from "./plan.js";

const PRIORITIES: readonly Priority[] = ["stat", "asap", "urgent", "routine"];

export function summary({ response, report }: Plan): HTMLElement {
  const text = messages().plan;
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
        const bar = h("span", { class: "coverage-bar", "aria-hidden": "true" }, h("span", { class: "coverage-met" }));
        bar.style.setProperty("--fill", String(row.met / row.needs));
        return h(
          "li",
          {},
          h("span", {}, codeLabels().priority[priority]),
          bar,
          h("span", { class: "summary-number" }, text.served(row.met, row.needs)),
        );
      }),
    ),
    h(
      "p",
      { class: "hint" },
      [total.met_by_neighbour > 0 ? text.neighbourShare(total.met_by_neighbour) : null, certificateSentence(response)]
        .filter((sentence) => sentence !== null)
        .join(" "),
    ),
  );
}

export function summarySentence(report: Plan["report"]): string {
  const text = messages().plan;
  const { total, by_priority: rows } = report;
  const pressing = PRIORITIES.slice(0, 3).flatMap((priority) => {
    const unmet = rows.find(({ code }) => code === priority)?.unmet ?? 0;
    return unmet > 0 ? [`${messages().number(unmet)} ${codeLabels().priority[priority]}`] : [];
  });
  const served = text.summary(total.met, total.needs, total.people_met, total.people);
  return `${served} ${text.without(total.unmet, messages().and(pressing))}`;
}

function certificateSentence({ certificate }: Plan["response"]): string {
  const text = messages().plan;
  if (certificate.optimal) return text.best;
  const gap = certificate.gap && gapSentence(certificate.gap);
  return gap ? `${text.nearBest} ${gap}` : text.nearBest;
}

/** Describes the first level that differs. Nothing is proven about the levels below it. */
function gapSentence({ people, kept, score }: Objective): string | null {
  const { plan: text, report } = messages();
  const level = PRIORITIES.find((priority) => people[priority] > 0);
  if (level) return text.gapPeople(report.more(people[level], codeLabels().priority[level]));
  if (kept > 0) return text.gapKept(kept);
  return score > 0 ? text.gapScore : null;
}
