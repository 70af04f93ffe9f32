// The plan of an incident. It is made in a worker, can be cancelled, and remembers the one before.

import type { AllocateResponse, FixedReferral, Match, MoveMode, Need, Offer, Pair, Policy, Report } from "lotse";
import { spawnMatcher, type RemoteMatcher } from "lotse/worker";
import { policy, records, theMatcher, type Records } from "../store.js";
import { Cell } from "../ui/signal.js";
import { breathe } from "../ui/debounce.js";
import { plannerWorker } from "../planner-script.js";
import { lang } from "../i18n.js";

export interface Plan {
  answer: AllocateResponse;
  report: Report;
  records: Records;
  policy: Policy;
  fixed: readonly FixedReferral[];
  needs: ReadonlyMap<string, Need>;
  offers: ReadonlyMap<string, Offer>;
  /** The referrals of the plan before; nothing for the first. */
  before: ReadonlyMap<string, string> | null;
  order: Order;
}

/** What is asked for, kept so that the same plan can be told in another language. */
export interface Order {
  fixed: readonly FixedReferral[];
  previous: readonly Pair[];
  moves: MoveMode;
  minScore: number;
  neighbourServes: boolean;
}

export type Status =
  | { kind: "idle" }
  | { kind: "running"; done: number; all: number }
  | { kind: "stopped" }
  /** With what was fixed, which the errors number. */
  | { kind: "failed"; error: unknown; fixed: readonly FixedReferral[] };

export const plan = new Cell<Plan | null>(null);
export const status = new Cell<Status>({ kind: "idle" });
/** Referrals that were fixed by hand: need, offer. */
export const pins = new Cell<ReadonlyMap<string, FixedReferral>>(new Map());
export const defaultOptions = { minScore: 0, neighbourServes: true };
export const options = new Cell<{ minScore: number; neighbourServes: boolean }>(defaultOptions);

let module: WebAssembly.Module | undefined;
let remote: { matcher: Promise<RemoteMatcher>; records: Records; policy: Policy } | undefined;
let running: AbortController | undefined;
/** What a loaded request says of earlier referrals; the first plan begins with it. */
interface Beginning {
  previous: readonly Pair[];
  moves: MoveMode;
}
const nothingBefore: Beginning = { previous: [], moves: "few" };
let loaded = nothingBefore;

/** Takes the compiled module, so that no worker has to fetch it, and starts the first worker. */
export function startPlanner(compiled: WebAssembly.Module): void {
  module = compiled;
  void theRemote(records.value, policy.value);
}

function theRemote(now: Records, rules: Policy): Promise<RemoteMatcher> {
  if (remote && remote.records === now && remote.policy === rules) return remote.matcher;
  void remote?.matcher.then((matcher) => matcher.terminate()).catch(() => undefined);
  const { offers, vocabulary, asOf } = now;
  const setup = { offers, policy: rules, asOf, ...(vocabulary && { vocabulary }) };
  const matcher = spawnMatcher(setup, { worker: plannerWorker, ...(module && { module }) });
  const started = { matcher, records: now, policy: rules };
  remote = started;
  // A start that failed must not be kept.
  matcher.catch(() => {
    if (remote === started) remote = undefined;
  });
  return matcher;
}

export function startWith(beginning: Beginning): void {
  loaded = beginning;
}

/** Makes a plan; `few` changes little against the last one. The first plan does as the loaded request says. */
export async function makePlan(moves: "few" | "free"): Promise<void> {
  const before = plan.value;
  const first = before === null;
  const previous = first ? loaded.previous : before.answer.referrals.map(({ need, offer }) => ({ need, offer }));
  await run(
    {
      fixed: [...pins.value.values()],
      previous,
      moves: first && moves === "few" ? loaded.moves : moves,
      ...options.value,
    },
    first && previous.length === 0 ? null : byNeed(previous),
  );
}

/** Tells the plan again in the language of the page: same question, same answer. */
export async function retellPlan(): Promise<void> {
  const now = plan.value;
  // What still runs is told again when it is done.
  if (now && status.value.kind !== "running") await run(now.order, now.before, now.records, now.policy);
}

async function run(
  order: Order,
  before: Plan["before"],
  now: Records = records.value,
  rules: Policy = policy.value,
): Promise<void> {
  running?.abort(new DOMException("superseded", "AbortError"));
  const control = new AbortController();
  running = control;
  status.value = { kind: "running", done: 0, all: 0 };
  const language = lang.value;
  try {
    const matcher = await theRemote(now, rules);
    const allocation = await matcher.allocate(now.needs, {
      ...order,
      lang: language,
      signal: control.signal,
      onProgress: (done: number, all: number) => {
        if (running === control) status.value = { kind: "running", done, all };
      },
    });
    // Large answers are read in slices, so that the page never stands still.
    await breathe();
    const report = await allocation.report({ lang: language });
    await breathe();
    if (running !== control) return;
    const { unmet, referrals, offers, objective, bound, certificate } = allocation;
    plan.value = {
      answer: { unmet, referrals, offers, objective, bound, certificate },
      report,
      records: now,
      policy: rules,
      fixed: order.fixed,
      needs: new Map(now.needs.map((need) => [need.id, need])),
      offers: new Map(now.offers.map((offer) => [offer.id, offer])),
      before,
      order,
    };
    status.value = { kind: "idle" };
    if (lang.value !== language) await retellPlan();
  } catch (error) {
    if (running !== control) return;
    status.value = control.signal.aborted ? { kind: "stopped" } : { kind: "failed", error, fixed: order.fixed };
  }
}

export function cancelPlan(): void {
  running?.abort(new DOMException("cancelled", "AbortError"));
}

/** The needs that go together with this one, itself included. */
export function partyOf(need: Need, { needs }: Plan): Need[] {
  return need.group ? [...needs.values()].filter(({ group }) => group === need.group) : [need];
}

/**
 * The offers for one need, for choosing by hand; all of its group count. On the page's own matcher, since the worker
 * may be busy with a plan.
 */
export function rankFor(need: Need, of: Plan): Match[] {
  const rankings = theMatcher().rankAll(partyOf(need, of), { top: 12, lang: lang.value, reasons: false });
  return rankings.find((ranking) => ranking.need === need.id)?.matches ?? [];
}

/** Forgets the plan and what was fixed by hand, as for new data. */
export function clearPlan(): void {
  running?.abort(new DOMException("cleared", "AbortError"));
  running = undefined;
  loaded = nothingBefore;
  plan.value = null;
  pins.value = new Map();
  status.value = { kind: "idle" };
}

export function pin(need: string, offer: string): void {
  pins.value = new Map(pins.value).set(need, { need, offer });
}

/** Says whether the place of a fixed referral is already taken off the free ones. */
export function countPin(need: string, counted: boolean): void {
  const fixed = pins.value.get(need);
  if (fixed) pins.value = new Map(pins.value).set(need, { need, offer: fixed.offer, ...(counted && { counted }) });
}

export function unpin(need: string): void {
  const left = new Map(pins.value);
  left.delete(need);
  pins.value = left;
}

/** Whether something has changed since the plan was made. */
export function isStale(now: Plan): boolean {
  const same =
    now.records === records.value &&
    now.policy === policy.value &&
    now.order.minScore === options.value.minScore &&
    now.order.neighbourServes === options.value.neighbourServes &&
    now.fixed.length === pins.value.size &&
    now.fixed.every(({ need, offer, counted }) => {
      const pinned = pins.value.get(need);
      return pinned?.offer === offer && Boolean(pinned.counted) === Boolean(counted);
    });
  return !same;
}

export function referralsOf(of: Plan): ReadonlyMap<string, string> {
  return byNeed(of.answer.referrals);
}

function byNeed(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  return new Map(pairs.map(({ need, offer }) => [need, offer]));
}
