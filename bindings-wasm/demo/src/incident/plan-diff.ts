// What a new plan changes against the one before it.

import { offerName } from "../code-names.js";
import { h } from "../ui/dom.js";
import { words } from "../i18n.js";
import { pagedTable } from "../ui/table.js";
import { referralsOf, type Plan } from "./plan.js";

export interface Change {
  need: string;
  kind: "gained" | "lost" | "moved";
  before: string | null;
  after: string | null;
}

export function changesOf(plan: Plan): Change[] {
  const { before } = plan;
  if (!before) return [];
  const after = referralsOf(plan);
  const changes: Change[] = [];
  for (const { id } of plan.needs.values()) {
    const [was, is] = [before.get(id) ?? null, after.get(id) ?? null];
    if (was === is) continue;
    changes.push({ need: id, kind: was === null ? "gained" : is === null ? "lost" : "moved", before: was, after: is });
  }
  return changes;
}

export function changesPanel(plan: Plan): HTMLElement | null {
  if (!plan.before) return null;
  const text = words().changes;
  const changes = changesOf(plan);
  const name = (id: string | null): string => (id === null ? "–" : offerName(plan.offers.get(id), id));
  return h(
    "section",
    { class: "panel", "aria-labelledby": "changes-title" },
    h("h3", { id: "changes-title" }, text.title),
    h("p", { "data-testid": "changes" }, changes.length === 0 ? text.none : changesSentence(changes)),
    changes.length === 0
      ? null
      : pagedTable<Change>({
          id: "changes",
          label: text.title,
          rows: changes,
          pageSize: 10,
          columns: [
            { key: "need", label: words().table.id, value: ({ need }) => need },
            { key: "kind", label: text.title, value: ({ kind }) => text[kind] },
            { key: "before", label: text.before, value: ({ before }) => name(before) },
            { key: "after", label: text.after, value: ({ after }) => name(after) },
          ],
        }),
  );
}

export function changesSentence(changes: readonly Change[]): string {
  const of = (kind: Change["kind"]): number => changes.filter((change) => change.kind === kind).length;
  return words().changes.summary(of("gained"), of("lost"), of("moved"));
}
