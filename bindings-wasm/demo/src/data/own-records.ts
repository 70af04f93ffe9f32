// The records of the page: taking over those of files, next to the present ones or in their place, and the invented example.

import type { Need, Offer } from "lotse";
import type { RecordKind } from "lotse/import";
import { loadVocabulary } from "../code-names.js";
import { clearPlan, defaultOptions, fixedReferrals, options, referralsOf, setInitialPlan } from "../incident/plan.js";
import { completePolicy } from "../policy/effective-policy.js";
import { exampleRecords, policy, records, today, type Records } from "../store.js";
import type { OwnResult } from "./data-worker.js";

/** What becomes of the present records of a kind when others are taken over. */
export type Mode = "add" | "replace";

/** Returns the own records, without those of the example. */
export function ownRecords(): Records {
  return records.value.example ? { offers: [], needs: [], vocabulary: null, asOf: today(), example: false } : records.value;
}

/** Returns the number of ids that both lists have. */
export function countCommonIds(present: readonly { id: string }[], taken: readonly { id: string }[]): number {
  const ids = new Set(present.map(({ id }) => id));
  return taken.filter(({ id }) => ids.has(id)).length;
}

export function takeImported(kind: RecordKind, list: readonly (Offer | Need)[], mode: Mode): void {
  const current = ownRecords();
  clearPlan();
  const merged =
    kind === "offers"
      ? { offers: merge(current.offers, list as readonly Offer[], mode) }
      : { needs: merge(current.needs, list as readonly Need[], mode) };
  records.value = { ...current, ...merged };
}

/** Takes over records in the page's own formats, and the options of a request. */
export function takeOwn({ offers, needs, request }: OwnResult, mode: Mode): void {
  const current = ownRecords();
  // The statements that may throw come first, before anything is cleared.
  const takenPolicy = request?.policy ? completePolicy(request.policy) : policy.value;
  const vocabulary = request?.vocabulary ?? current.vocabulary;
  if (vocabulary !== records.value.vocabulary) loadVocabulary(vocabulary ?? undefined);
  clearPlan();
  policy.value = takenPolicy;
  records.value = {
    offers: merge(current.offers, offers, mode),
    needs: merge(current.needs, needs, mode),
    vocabulary,
    asOf: request?.as_of ?? current.asOf,
    example: false,
  };
  if (!request) return;
  options.value = {
    minScore: request.min_score ?? defaultOptions.minScore,
    neighbourServes: request.neighbour_serves ?? defaultOptions.neighbourServes,
  };
  setInitialPlan({ previous: referralsOf(request.previous), moves: request.moves ?? "few" });
  fixedReferrals.value = new Map(referralsOf(request.fixed).map((fixed) => [fixed.need, fixed]));
}

export function restoreExample(): void {
  clearPlan();
  loadVocabulary();
  // A copy, so that the same example counts as a change.
  records.value = { ...exampleRecords() };
}

/** A record replaces a present one of the same id. Without any taken records the present ones stay. */
function merge<Item extends { id: string }>(present: readonly Item[], taken: readonly Item[], mode: Mode): readonly Item[] {
  if (taken.length === 0) return present;
  if (mode === "replace" || present.length === 0) return taken;
  const byId = new Map(present.map((record) => [record.id, record]));
  for (const record of taken) byId.set(record.id, record);
  return [...byId.values()];
}
