// Invalid input of every kind: it throws a LotseError, or the exception of the caller's own object, and the module
// stays usable.

import assert from "node:assert/strict";
import { test } from "node:test";

import { memorySize } from "./memory.js";
import { LotseError, Matcher, Vocabulary, check, criterionLabel, diffPlans, labels, ready, solve, wire } from "lotse";

import { ADDITIONS, AS_OF, NEED, OFFER, POLICY } from "../shared/records.js";
import { MARK, Own, junkFrom } from "../shared/junk.js";

const TOTAL = 100_000;
const MAX_SECONDS = 60;
const MAX_MEGABYTES = 64;

await ready();

const FULL_OFFER = { ...OFFER, no_access: ["sign_language_interpreter"] };
const REQUEST = { offers: [OFFER], needs: [NEED], policy: POLICY, vocabulary: {}, as_of: AS_OF };
const FULL_REQUESTS = {
  rank: { ...REQUEST, top: 3, lang: "de", reasons: true },
  explain: { ...REQUEST, pairs: [{ need: "n-17", offer: "o-3" }] },
  diagnose: { ...REQUEST, near_misses: 2 },
  allocate: {
    ...REQUEST, fixed: [{ need: "n-17", offer: "o-3", counted: true }], previous: [{ need: "n-17", offer: "o-3" }],
    moves: "few", min_score: 0.1, neighbour_serves: true,
  },
  report: REQUEST,
  check: REQUEST,
  resolve: { words: [{ text: "Farsi", kind: "language" }], lang: "de", vocabulary: {} },
};
const ROWS = {
  values: [[90, 20], [80, null]], capacities: [2, null], classes: [0, 3], counts: [1, 2], sizes: [1, 1], previous: [null, 1],
  kept: [[1, 1], [1]], fixed: [null, 0], people: [[1, 0, 0, 0], [0, 0, 0, 1]],
};
const ENTRIES = { ...ROWS, values: { supplies: [0, 0, 1], sinks: [0, 1, 0], values: [90, 20, 80], length: 2 } };
const OPTIONS = { top: 3, lang: "de", reasons: true, nearMisses: 2, moves: "few", minScore: 0.1, onProgress: () => {} };

const matcher = new Matcher({ offers: [OFFER, { id: "o-4", capacity: 1 }], asOf: AS_OF });
const PLAN = matcher.allocate([NEED]).toJSON();
const vocabulary = new Vocabulary();
const expected = () => [
  matcher.rank(NEED, { lang: "de" }),
  matcher.allocate([NEED]).toJSON(),
  matcher.offers(),
  wire.explain({ offers: [OFFER], needs: [NEED], as_of: AS_OF }),
  vocabulary.resolve("Kurdisch"),
  solve(ROWS),
];

const { random, pick, junk, damaged, broken } = junkFrom(17);

/** Returns a damaged value, or a broken text of it. */
const corrupt = (value) => {
  if (random() < 0.75) {
    return damaged(value);
  }
  return broken(JSON.stringify(value));
};
const option = () => damaged(Object.fromEntries(Object.entries(OPTIONS).filter(() => random() < 0.3)));
const newMatcher = (options) => new Matcher(options).free();
const newVocabulary = (additions) => new Vocabulary(additions).free();
let changed = new Matcher({ offers: [OFFER], asOf: AS_OF });

// Weight, name and call of each kind. Additions are expensive to decode, so they are rare.
const KINDS = [
  [10, "need", () => matcher.rank(corrupt(NEED))],
  [4, "need to explain", () => matcher.explain(corrupt(NEED), random() < 0.5 ? "o-3" : junk())],
  [4, "need to diagnose", () => matcher.diagnose(corrupt(NEED))],
  [4, "needs to rank", () => matcher.rankAll(corrupt([NEED, { id: "n-18" }]))],
  [4, "needs to diagnose", () => matcher.diagnoseAll(corrupt([NEED]))],
  [4, "needs to allocate", () => matcher.allocate(corrupt([NEED]))],
  [4, "needs to explain", () => matcher.explainAll([NEED], corrupt([{ need: "n-17", offer: "o-3" }]))],
  [2, "junk for a need", () => matcher.rank(junk())],
  [2, "junk for needs", () => matcher.rankAll(junk())],
  [6, "options", () => pick([
    () => matcher.rank(NEED, option()),
    () => matcher.rankAll([NEED], option()),
    () => matcher.explain(NEED, "o-3", option()),
    () => matcher.diagnose(NEED, option()),
    () => matcher.allocate([NEED], option()),
    () => matcher.allocate([NEED], damaged({ fixed: [{ need: "n-17", offer: "o-3" }], previous: [], moves: "few" })),
  ])()],
  [2, "plan to evaluate", () => matcher.evaluate([NEED], corrupt(PLAN))],
  [2, "plan to compare", () => diffPlans(PLAN, corrupt(PLAN))],
  [2, "earlier plan", () => matcher.evaluate([NEED], PLAN, damaged({ previous: PLAN, fixed: PLAN }))],
  [1, "another policy", () => matcher.withPolicy(corrupt(POLICY)).free()],
  [6, "offer", () => changed.update(corrupt(FULL_OFFER))],
  [3, "offers", () => newMatcher({ offers: corrupt([FULL_OFFER]) })],
  [2, "matcher options", () => newMatcher(damaged({ offers: [OFFER], policy: POLICY, asOf: AS_OF }))],
  [2, "policy", () => newMatcher({ policy: corrupt(POLICY) })],
  [0.2, "additions of a matcher", () => newMatcher({ vocabulary: corrupt(ADDITIONS) })],
  [0.5, "additions", () => newVocabulary(corrupt(ADDITIONS))],
  [3, "places", () => changed.setCapacity("o-3", corrupt({ free: 1, total: 2, state: "open", updated: AS_OF }))],
  [3, "ids", () => pick([
    () => changed.remove(junk()),
    () => changed.setCapacity(junk(), 1),
    () => changed.offer(junk()),
  ])()],
  [3, "words", () => pick([
    () => vocabulary.resolve(junk(), { kind: "language" }),
    () => vocabulary.resolve("Farsi", damaged({ kind: "language", lang: "de" })),
    () => vocabulary.name(junk(), "de", "de"),
    () => vocabulary.name("language", junk(), junk()),
    () => vocabulary.contains(junk(), junk()),
    () => criterionLabel(junk(), "de"),
    () => criterionLabel("help", junk()),
    () => labels(junk()),
  ])()],
  ...Object.entries(FULL_REQUESTS).map(([name, request]) => [6, `wire.${name}`, () => wire[name](corrupt(request))]),
  [1, "wire with junk", () => wire[pick(Object.keys(FULL_REQUESTS))](junk())],
  [4, "problem of rows", () => solve(damaged(ROWS))],
  [2, "problem of entries", () => solve(damaged(ENTRIES))],
  [1, "junk for a problem", () => solve(junk())],
  [3, "check", () => check(damaged({ offers: [OFFER], needs: [NEED], policy: POLICY, asOf: AS_OF }))],
  [2, "check of texts", () => check({ needs: broken(JSON.stringify(NEED)), offers: broken(JSON.stringify([OFFER])) })],
];
const WEIGHT = KINDS.reduce((sum, [weight]) => sum + weight, 0);

function kind() {
  let left = random() * WEIGHT;
  return KINDS.find(([weight]) => (left -= weight) < 0) ?? KINDS[0];
}

/** Asserts that no error about a need contains its values. */
function assertPrivate(details, where) {
  for (const detail of details.filter(({ code, path }) => /^need/.test(path) || /^(need|json)\./.test(code))) {
    assert.ok(!JSON.stringify(detail).includes(MARK), `${where}: ${JSON.stringify(detail)}`);
  }
}

test("100,000 invalid inputs in a row", () => {
  const before = expected();
  const started = performance.now();
  const rejected = {};
  let rejections = 0;
  let calls = 0;
  let early = 0;
  while (rejections < TOTAL) {
    const [, name, call] = kind();
    calls += 1;
    let thrown;
    try {
      const result = call();
      if (/check/.test(name)) {
        assertPrivate([...result.errors, ...result.warnings], name);
        if (result.errors.length > 0) {
          rejected[name] = (rejected[name] ?? 0) + 1;
          rejections += 1;
        }
      }
      continue;
    } catch (failure) {
      thrown = failure;
    }
    rejections += 1;
    rejected[name] = (rejected[name] ?? 0) + 1;
    if (thrown instanceof LotseError) {
      assert.ok(typeof thrown.code === "string" && thrown.code !== "" && typeof thrown.path === "string", thrown);
      assert.ok(thrown.errors.length > 0, thrown);
      assertPrivate(thrown.errors, name);
      if (/^need/.test(thrown.path) || /^(need|json)\./.test(thrown.code)) {
        const output = [thrown.message, thrown.hint, thrown.path, thrown.stack].join();
        assert.ok(!output.includes(MARK), `${name}: ${output}`);
      }
    } else if (!(thrown instanceof Own)) {
      // A revoked proxy or an invalid argument throws a TypeError.
      assert.ok(thrown instanceof TypeError, `${name}: ${thrown?.stack ?? thrown}`);
    }
    if (rejections === TOTAL / 4) {
      early = memorySize();
    }
    if (rejections % 1000 === 0) {
      changed.free();
      changed = new Matcher({ offers: [OFFER], asOf: AS_OF });
    }
  }
  const seconds = (performance.now() - started) / 1000;
  const megabytes = memorySize() / 2 ** 20;
  console.log(`${TOTAL} rejections in ${calls} calls, ${seconds.toFixed(1)} s, ${megabytes.toFixed(1)} MB`);
  assert.deepEqual(expected(), before, "the same responses as before");
  assert.deepEqual(Object.keys(rejected).sort(), KINDS.map(([, name]) => name).sort(), "each kind was rejected");
  assert.ok(calls < TOTAL * 2, `${calls} calls: too many were valid`);
  assert.ok(seconds < MAX_SECONDS, `${seconds} s`);
  assert.ok(megabytes < MAX_MEGABYTES, `${megabytes} MB`);
  assert.ok(memorySize() <= early * 1.25, `${early} bytes after a quarter, ${memorySize()} at the end`);
});
