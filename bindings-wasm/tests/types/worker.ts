// A program for browsers that uses the worker. It is compiled, but not run.

import {
  LotseError,
  Matcher,
  type Evaluation,
  type Match,
  type Offer,
  type PlanDiff,
  type Report,
  type Solution,
} from "lotse";
import { spawnMatcher, type RemoteAllocation, type RemoteMatcher } from "lotse/worker";

export async function use(offers: readonly Offer[]): Promise<Match[]> {
  const matcher: RemoteMatcher = await spawnMatcher({ offers, asOf: "2026-11-23" });
  const own = await spawnMatcher(
    { offers: "[]" },
    { worker: () => new Worker("/own.js", { type: "module" }), module: new URL("/lotse.wasm", "https://a.example") },
  );
  own.terminate();
  const stop = new AbortController();
  try {
    const options = { top: 1, signal: stop.signal, onProgress: (done: number, total: number) => done < total };
    await matcher.rankAll([{ id: "n-1" }], options);
    const plan: RemoteAllocation = await matcher.allocate([{ id: "n-1" }], { signal: stop.signal, minScore: 0.2 });
    const report: Report = await plan.report({ lang: "de" });
    const strict: RemoteMatcher = await matcher.withPolicy({ rules: { language: "must" } });
    const evaluation: Evaluation = await strict.evaluate([{ id: "n-1" }], plan, { signal: stop.signal });
    const next = await strict.allocate([{ id: "n-1" }], { previous: plan, fixed: evaluation.referrals });
    const changes: PlanDiff = await plan.diff(next);
    new Matcher().allocate([{ id: "n-1" }], { previous: next }).diff(plan);
    void changes;
    void [plan.unmet, plan.certificate.optimal, report.total];
    await matcher.diagnoseAll([{ id: "n-1" }], { nearMisses: 1, signal: stop.signal });
  } catch (thrown) {
    if (!(thrown instanceof LotseError)) {
      throw thrown;
    }
  }
  const solution: Solution = await matcher.solve({ values: [[1, null]], capacities: [1, 2] }, { signal: stop.signal });
  void solution.assignment;
  const was: boolean = await matcher.update({ id: "o-1" });
  await matcher.setCapacity("o-1", was ? 1 : { state: "full" });
  const removed: Offer = await matcher.remove("o-1");
  const offer: Offer | undefined = await matcher.offer(removed.id);
  void [offer, await matcher.offers(), await matcher.explain({ id: "n-1" }, "o-1", { lang: "de" })];
  return matcher.rank({ id: "n-1" }, { top: 3 });
}

export async function wrong(matcher: RemoteMatcher): Promise<void> {
  // @ts-expect-error a promise is not a list
  const matches: Match[] = matcher.rank({ id: "n-1" });
  // @ts-expect-error a promise is not a solution
  void matcher.solve({ values: [[1]], capacities: [1] }).assignment;
  // @ts-expect-error a promise is not a difference
  void (await matcher.allocate([])).diff([]).moved;
  // @ts-expect-error not a signal
  await matcher.rankAll([], { signal: true });
  // @ts-expect-error no such option
  await spawnMatcher({}, { workers: 2 });
  void matches;
}
