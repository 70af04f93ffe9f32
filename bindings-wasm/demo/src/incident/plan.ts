// The plan of an incident. It is made in a worker, can be cancelled, and keeps the offers of the previous plan.

import type { AllocateResponse, FixedReferral, Match, MoveMode, Need, Offer, Pair, PlanInput, Policy, Report } from "lotse";
import { spawnMatcher, type RemoteAllocation, type RemoteMatcher } from "lotse/worker";
import { lang } from "../i18n.js";
import { createPlannerWorker } from "../planner-script.js";
import { currentMatcher, policy, records, type Records } from "../store.js";
import { yieldToMain } from "../ui/debounce.js";
import { Signal } from "../ui/signal.js";

export interface Plan {
  response: AllocateResponse;
  report: Report;
  records: Records;
  policy: Policy;
  needs: ReadonlyMap<string, Need>;
  offers: ReadonlyMap<string, Offer>;
  /** The offers of the previous plan by need; `null` for the first plan. */
  previousOffers: ReadonlyMap<string, string> | null;
  request: PlanRequest;
}

/** The options of a plan, kept so that the same plan can be made in another language. */
export interface PlanRequest {
  fixed: readonly FixedReferral[];
  previous: readonly Pair[];
  moves: MoveMode;
  minScore: number;
  neighbourServes: boolean;
}

export type Status =
  | { kind: "idle" }
  | { kind: "running"; done: number; total: number }
  | { kind: "cancelled" }
  /** With the fixed referrals to which the paths of the errors refer. */
  | { kind: "failed"; error: unknown; fixed: readonly FixedReferral[] };

/** The earlier referrals of an imported request; the first plan starts with them. */
interface InitialPlan {
  previous: readonly Pair[];
  moves: MoveMode;
}

/** The number of offers to pick from for one need. */
const MAX_MATCHES = 12;

export const plan = new Signal<Plan | null>(null);
export const status = new Signal<Status>({ kind: "idle" });
/** Referrals that are fixed by hand or by an imported request, by need. */
export const fixedReferrals = new Signal<ReadonlyMap<string, FixedReferral>>(new Map());
export const defaultOptions = { minScore: 0, neighbourServes: true };
export const options = new Signal<{ minScore: number; neighbourServes: boolean }>(defaultOptions);

const noInitialPlan: InitialPlan = { previous: [], moves: "few" };
let initialPlan = noInitialPlan;
let module: WebAssembly.Module | undefined;
let remote: { matcher: Promise<RemoteMatcher>; records: Records; policy: Policy } | undefined;
let running: AbortController | undefined;

/** Starts the first worker with the compiled module, so that no worker has to fetch it. */
export function startPlanner(compiled: WebAssembly.Module): void {
  module = compiled;
  void plannerMatcher(records.value, policy.value);
}

/** Returns the matcher in the worker. It is replaced after a change of records or policy. */
function plannerMatcher(planRecords: Records, planPolicy: Policy): Promise<RemoteMatcher> {
  if (remote && remote.records === planRecords && remote.policy === planPolicy) return remote.matcher;
  void remote?.matcher.then((matcher) => matcher.terminate()).catch(() => undefined);
  const { offers, vocabulary, asOf } = planRecords;
  const matcherOptions = { offers, policy: planPolicy, asOf, ...(vocabulary && { vocabulary }) };
  const matcher = spawnMatcher(matcherOptions, { worker: createPlannerWorker, ...(module && { module }) });
  const started = { matcher, records: planRecords, policy: planPolicy };
  remote = started;
  // A failed start is not kept, so that the next plan tries again.
  matcher.catch(() => {
    if (remote === started) remote = undefined;
  });
  return matcher;
}

/** Returns the referrals of a plan that a request gives back: a response, or a list. */
export function referralsOf(given: PlanInput | null | undefined): readonly FixedReferral[] {
  return given == null ? [] : "referrals" in given ? given.referrals : given;
}

export function setInitialPlan(initial: InitialPlan): void {
  initialPlan = initial;
}

/**
 * Makes a plan; with `few` it changes little from the previous one. The first plan starts with the imported request.
 */
export async function makePlan(moves: "few" | "free"): Promise<void> {
  const last = plan.value;
  const previous = last?.response.referrals ?? initialPlan.previous;
  await run(
    {
      fixed: [...fixedReferrals.value.values()],
      previous,
      moves: last === null && moves === "few" ? initialPlan.moves : moves,
      ...options.value,
    },
    last === null && previous.length === 0 ? null : offersByNeed(previous),
  );
}

/** Makes the same plan again in the language of the page. */
export async function translatePlan(): Promise<void> {
  const current = plan.value;
  // A running plan is translated when it is done.
  if (current && status.value.kind !== "running") {
    await run(current.request, current.previousOffers, current.records, current.policy);
  }
}

async function run(
  request: PlanRequest,
  previousOffers: Plan["previousOffers"],
  planRecords: Records = records.value,
  planPolicy: Policy = policy.value,
): Promise<void> {
  running?.abort(new DOMException("superseded", "AbortError"));
  const control = new AbortController();
  running = control;
  status.value = { kind: "running", done: 0, total: 0 };
  const language = lang.value;
  try {
    const matcher = await plannerMatcher(planRecords, planPolicy);
    const allocation = await matcher.allocate(planRecords.needs, {
      ...request,
      lang: language,
      signal: control.signal,
      onProgress: (done: number, total: number) => {
        if (running === control) status.value = { kind: "running", done, total };
      },
    });
    // Large responses are parsed in separate tasks, so that none blocks the page.
    await yieldToMain();
    const report = await allocation.report({ lang: language });
    await yieldToMain();
    if (running !== control) return;
    plan.value = {
      ...indexPlan(allocation, planRecords),
      report,
      policy: planPolicy,
      previousOffers,
      request,
    };
    status.value = { kind: "idle" };
    if (lang.value !== language) await translatePlan();
  } catch (error) {
    if (running !== control) return;
    status.value = control.signal.aborted ? { kind: "cancelled" } : { kind: "failed", error, fixed: request.fixed };
  }
}

function indexPlan(
  { unmet, referrals, offers, objective, bound, certificate }: RemoteAllocation,
  planRecords: Records,
): Pick<Plan, "response" | "records" | "needs" | "offers"> {
  return {
    response: { unmet, referrals, offers, objective, bound, certificate },
    records: planRecords,
    needs: new Map(planRecords.needs.map((need) => [need.id, need])),
    offers: new Map(planRecords.offers.map((offer) => [offer.id, offer])),
  };
}

export function cancelPlan(): void {
  running?.abort(new DOMException("cancelled", "AbortError"));
}

/** Removes the plan and the fixed referrals, for other records. */
export function clearPlan(): void {
  running?.abort(new DOMException("cleared", "AbortError"));
  running = undefined;
  initialPlan = noInitialPlan;
  plan.value = null;
  fixedReferrals.value = new Map();
  status.value = { kind: "idle" };
}

/** Returns the needs of the party of a need, including the need. */
export function partyMembers(need: Need, { needs }: Plan): Need[] {
  return need.group ? [...needs.values()].filter(({ group }) => group === need.group) : [need];
}

/**
 * Ranks the offers for one need, with all needs of its party. Uses the page's own matcher, because the worker may be
 * busy with a plan.
 */
export function rankForNeed(need: Need, of: Plan): Match[] {
  const rankings = currentMatcher().rankAll(partyMembers(need, of), {
    top: MAX_MATCHES,
    lang: lang.value,
    reasons: false,
  });
  return rankings.find((ranking) => ranking.need === need.id)?.matches ?? [];
}

export function fixReferral(need: string, offer: string): void {
  fixedReferrals.value = new Map(fixedReferrals.value).set(need, { need, offer });
}

/** Sets whether the place of a fixed referral is already deducted from the free ones. */
export function setCounted(need: string, counted: boolean): void {
  const fixed = fixedReferrals.value.get(need);
  if (!fixed) return;
  const changed = { need, offer: fixed.offer, ...(counted && { counted }) };
  fixedReferrals.value = new Map(fixedReferrals.value).set(need, changed);
}

export function unfixReferral(need: string): void {
  const remaining = new Map(fixedReferrals.value);
  remaining.delete(need);
  fixedReferrals.value = remaining;
}

/** Returns `true` if records, policy, options or fixed referrals have changed since the plan was made. */
export function isStale(current: Plan): boolean {
  const { fixed, minScore, neighbourServes } = current.request;
  const isUpToDate =
    current.records === records.value &&
    current.policy === policy.value &&
    minScore === options.value.minScore &&
    neighbourServes === options.value.neighbourServes &&
    fixed.length === fixedReferrals.value.size &&
    fixed.every(({ need, offer, counted }) => {
      const other = fixedReferrals.value.get(need);
      return other?.offer === offer && Boolean(other.counted) === Boolean(counted);
    });
  return !isUpToDate;
}

/** Returns the offers of a plan by need. */
export function plannedOffers(of: Plan): ReadonlyMap<string, string> {
  return offersByNeed(of.response.referrals);
}

function offersByNeed(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  return new Map(pairs.map(({ need, offer }) => [need, offer]));
}
