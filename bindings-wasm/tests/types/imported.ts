// A program that imports its records as JSON files, in which TypeScript reads each word as any text. It is compiled, but not run.

import { Matcher, Vocabulary, check, diffPlans, wire } from "lotse";
import { spawnMatcher } from "lotse/worker";

import needs from "./needs.json";
import offers from "./offers.json";
import plan from "./plan.json";
import policy from "./policy.json";
import request from "./request.json";
import vocabulary from "./vocabulary.json";

export async function use(): Promise<void> {
  const matcher = new Matcher({ offers, policy, vocabulary, asOf: "2026-11-23" });
  for (const need of needs) {
    matcher.rank(need);
    matcher.explain(need, "o-1");
    matcher.diagnose(need);
  }
  matcher.rankAll(needs);
  matcher.diagnoseAll(needs);
  matcher.explainAll(needs, plan.referrals);
  matcher.allocate(needs, { previous: plan, fixed: plan.referrals }).diff(plan);
  matcher.withPolicy(policy).evaluate(needs, plan);
  diffPlans(plan, plan);
  for (const offer of offers) {
    matcher.update(offer);
    matcher.setCapacity("o-1", { state: offer.id });
  }
  new Vocabulary(vocabulary);
  check({ offers, needs, policy, vocabulary });
  wire.rank(request);
  wire.allocate({ ...request, previous: plan });
  wire.check({ offers, needs });

  const remote = await spawnMatcher({ offers, policy, vocabulary });
  await remote.rankAll(needs);
  await remote.withPolicy(policy);
  await remote.update(offers[0]!);
  await (await remote.allocate(needs, { previous: plan })).diff(plan);
}

// @ts-expect-error an id is required
new Matcher({ offers: [{ name: request.lang }] });
// @ts-expect-error misspelt
new Matcher().rank({ id: "n-1", priorty: request.lang });
// @ts-expect-error an age is a number
new Matcher().rank({ id: "n-1", age: request.lang });
