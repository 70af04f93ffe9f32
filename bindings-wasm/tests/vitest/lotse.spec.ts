// Tests of a program that uses the package; they run in Node and in jsdom.

import { Matcher } from "lotse";
import { spawnMatcher } from "lotse/worker";
import { expect, test } from "vitest";

const OPTIONS = { offers: [{ id: "o-1", languages: ["de", "uk"], capacity: 2 }], asOf: "2026-11-23" };
const NEED = { id: "n-1", languages: ["uk"] };

test("a ranking", () => {
  const [match] = new Matcher(OPTIONS).rank(NEED, { lang: "de" });
  expect(match).toMatchObject({ offer: "o-1", score: 0.9914775 });
});

test("a plan in a worker, with progress and abort", async () => {
  const matcher = await spawnMatcher(OPTIONS);
  const steps: number[] = [];
  const plan = await matcher.allocate([NEED], { onProgress: (done) => void steps.push(done) });
  expect(plan.referrals).toHaveLength(1);
  expect(steps.length).toBeGreaterThan(0);
  await expect(matcher.rankAll([NEED], { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  matcher.terminate();
});
