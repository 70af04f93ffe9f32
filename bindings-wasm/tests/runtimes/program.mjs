// Ranks and allocates with the installed package, in the program and in a worker; runs in Node, Bun and Deno.

import assert from "node:assert/strict";

import { LotseError, Matcher } from "lotse";
import { spawnMatcher } from "lotse/worker";

const OFFERS = [
  { id: "o-1", languages: ["de", "uk"], capacity: 2 },
  { id: "o-2", languages: ["de"] },
  { id: "o-3", languages: [{ tag: "uk", how: "interpreter" }] },
];
const OPTIONS = { offers: OFFERS, asOf: "2026-11-23" };
const NEED = { id: "n-1", languages: ["uk"] };

const local = new Matcher(OPTIONS);
const ranking = local.rank(NEED);
assert.deepEqual(ranking.map(({ offer }) => offer), ["o-1", "o-3"]);
const plan = local.allocate([NEED, { id: "n-2", languages: ["uk"] }]);
assert.equal(plan.certificate.optimal && plan.certificate.verified, true);

const matcher = await spawnMatcher(OPTIONS);
assert.deepEqual(await matcher.rank(NEED), ranking);
assert.deepEqual((await matcher.allocate([NEED, { id: "n-2", languages: ["uk"] }])).toJSON(), plan.toJSON());
await assert.rejects(matcher.rank({ id: "n-1", age: -1 }), (error) => error instanceof LotseError && error.path === "need.age");
await assert.rejects(spawnMatcher({ offers: [{ id: "o-1", capacity: -1 }] }), LotseError);

// Distinct needs, which the memo tables of the matcher do not speed up: work for seconds.
const many = Array.from({ length: 12_000 }, (_, number) => ({
  id: `m-${number}`,
  languages: ["uk"],
  region: "14612",
  place: { lat: 47.3 + (number % 7000) / 1000, lon: 6 + ((number * 31) % 8000) / 1000 },
  age: number % 97,
}));
const wide = { offers: Array.from({ length: 400 }, (_, number) => ({ ...OFFERS[number % 3], id: `w-${number}` })) };
const busy = await spawnMatcher(wide);
const steps = [];
const controller = new AbortController();
const onProgress = (done, total) => {
  steps.push([done, total]);
  controller.abort();
};
await assert.rejects(busy.rankAll(many, { onProgress, signal: controller.signal }), { name: "AbortError" });
assert.ok(steps.length === 1 && steps[0][1] === many.length, `${steps}`);
assert.equal((await busy.rank(NEED)).length, 5); // in a new worker, with the same compiled module
await assert.rejects(busy.rankAll(many, { onProgress: () => false }), { code: "cancelled" });
busy.terminate();
await assert.rejects(busy.rank(NEED), /terminated/);

console.log("done"); // `matcher` was not terminated: an idle worker does not keep the program from ending
