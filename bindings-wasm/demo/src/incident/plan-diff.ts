// The differences between a plan and the previous one.

import { codeLabels, heading, offerName } from "../code-names.js";
import { messages } from "../i18n.js";
import { h } from "../ui/dom.js";
import { pagedTable } from "../ui/table.js";
import { plannedOffers, type Plan } from "./plan.js";

export interface PlanChange {
  need: string;
  kind: "gained" | "lost" | "moved";
  before: string | null;
  after: string | null;
}

/** Returns the changes of a plan, in the order of needs; none for the first plan. */
export function planChanges(plan: Plan): PlanChange[] {
  const { previousOffers } = plan;
  if (!previousOffers) return [];
  const offers = plannedOffers(plan);
  const changes: PlanChange[] = [];
  for (const { id } of plan.needs.values()) {
    const [before, after] = [previousOffers.get(id) ?? null, offers.get(id) ?? null];
    if (before === after) continue;
    changes.push({ need: id, kind: before === null ? "gained" : after === null ? "lost" : "moved", before, after });
  }
  return changes;
}

export function planDiffPanel(plan: Plan): HTMLElement | null {
  if (!plan.previousOffers) return null;
  const text = messages().changes;
  const changes = planChanges(plan);
  const name = (id: string | null): string => (id === null ? "–" : offerName(plan.offers.get(id), id));
  return h(
    "section",
    { class: "panel", "aria-labelledby": "changes-title" },
    h("h3", { id: "changes-title" }, text.title),
    h("p", { "data-testid": "changes" }, changes.length === 0 ? text.none : planDiffSentence(changes)),
    changes.length === 0
      ? null
      : pagedTable<PlanChange>({
          id: "changes",
          label: text.title,
          rows: changes,
          pageSize: 10,
          columns: [
            { key: "need", label: heading(codeLabels().field.need), value: ({ need }) => need },
            { key: "kind", label: text.title, value: ({ kind }) => text[kind] },
            { key: "before", label: text.before, value: ({ before }) => name(before) },
            { key: "after", label: text.after, value: ({ after }) => name(after) },
          ],
        }),
  );
}

export function planDiffSentence(changes: readonly PlanChange[]): string {
  const count = (kind: PlanChange["kind"]): number => changes.filter((change) => change.kind === kind).length;
  return messages().changes.summary(count("gained"), count("lost"), count("moved"));
}
