// Matchers: input, output and changes. The meaning of the responses is tested by the golden cases.

import assert from "node:assert/strict";
import { test } from "node:test";

import { LotseError, Matcher, Vocabulary, ready, wire } from "lotse";

import { thrownBy } from "../shared/golden.js";
import { NEEDS, NEEDS_TEXT, OFFERS, OFFERS_TEXT } from "../shared/incident.js";
import { ADDITIONS, AS_OF, NEED, OFFER, POLICY } from "../shared/records.js";

await ready();

const OFFERS_SMALL = [OFFER, { id: "o-4", capacity: 1 }];
const small = () => new Matcher({ offers: OFFERS_SMALL, asOf: AS_OF });
const incident = () => new Matcher({ offers: OFFERS, asOf: AS_OF });
const lines = (records) => records.map((record) => JSON.stringify(record)).join("\n");
const ids = (records) => records.map(({ id }) => id);

test("a matcher under another policy equals a new one, and is independent of the first", () => {
  const offers = [{ id: "o-1", roles: ["witness"], capacity: 1 }, { id: "o-2", capacity: 2 }];
  const policy = { rules: { role: "prefer" }, weights: { role: 20 } };
  const first = new Matcher({ offers, asOf: AS_OF });
  for (const given of [policy, JSON.stringify(policy), new Matcher({ policy }).policy()]) {
    const second = first.withPolicy(given);
    const want = new Matcher({ offers, policy, asOf: AS_OF });
    assert.ok(second instanceof Matcher);
    assert.deepEqual([second.policy(), second.size, second.asOf], [want.policy(), want.size, want.asOf]);
    const need = { id: "n-1", roles: ["bereaved"] };
    assert.deepEqual(second.rank(need), want.rank(need));
    second.remove("o-1");
    assert.deepEqual([first.size, second.size], [2, 1]);
    second.free();
  }
  const second = first.withPolicy({});
  first.free();
  assert.equal(second.rank({ id: "n-1" }).length, 2);
  assert.throws(() => second.withPolicy({ weights: { help: -1 } }), { code: "policy.range", path: "policy.weights.help" });
  assert.throws(() => second.withPolicy("{"), { code: "json.syntax" });
  assert.throws(() => second.withPolicy(new Map()), LotseError);
  assert.throws(() => first.withPolicy({}), /freed/);
});

test("offers may be a list, JSON text, a single record, or NDJSON", () => {
  const forms = [
    OFFERS,
    OFFERS_TEXT,
    JSON.stringify(OFFERS),
    lines(OFFERS),
    `${lines(OFFERS)}\n\n`,
    `\n${lines(OFFERS).replaceAll("\n", "\r\n")}`,
    Object.freeze(OFFERS.map(Object.freeze)),
  ];
  const want = incident().offers();
  assert.equal(want.length, 91);
  for (const offers of forms) {
    assert.deepEqual(new Matcher({ offers, asOf: AS_OF }).offers(), want);
  }
  for (const offers of [[OFFERS[0]], OFFERS[0], JSON.stringify(OFFERS[0])]) {
    assert.deepEqual(new Matcher({ offers, asOf: AS_OF }).offers(), want.slice(0, 1));
  }
});

test("a matcher without offers is empty", () => {
  for (const options of [undefined, {}, { offers: [] }, { offers: "" }, { offers: "[]" }, { offers: undefined }]) {
    const matcher = new Matcher(options);
    assert.equal(matcher.size, 0);
    assert.deepEqual(matcher.offers(), []);
    assert.deepEqual(matcher.rank({ id: "n-1" }), []);
    assert.deepEqual(matcher.rankAll([{ id: "n-1" }]), [{ need: "n-1", matches: [] }]);
  }
});

test("a policy may be an object or JSON text", () => {
  const policy = { rules: { language: "ignore" } };
  const scores = [policy, JSON.stringify(policy)].map((policy) => {
    const matcher = new Matcher({ offers: [OFFER], policy, asOf: AS_OF });
    assert.deepEqual(matcher.policy().rules.language, { rule: "ignore", minimum: 0.25, unknown: "allow" });
    return matcher.rank({ ...NEED, rules: {} })[0].score;
  });
  assert.equal(scores[0], scores[1]);
  assert.notEqual(scores[0], small().rank({ ...NEED, rules: {} })[0].score);
  const whole = new Matcher({ policy: POLICY }).policy();
  assert.equal(whole.weights.language, 35);
  assert.deepEqual(whole.rules.help, { rule: "must", minimum: 0.0001, unknown: "allow" }, "all rules are present");
  assert.equal(Object.keys(whole.rules).length, 10);
  assert.deepEqual(new Matcher({ policy: whole }).policy(), whole, "the effective policy is valid input");
});

test("a vocabulary may be additions, JSON text, or an object", () => {
  const additions = { languages: { "fa-af": "prs" }, regions: [{ code: "XA", kind: "country", name: "Nordland" }] };
  const vocabulary = new Vocabulary(additions);
  for (const form of [additions, JSON.stringify(additions), vocabulary]) {
    const matcher = new Matcher({ offers: [{ id: "o-1", area: ["XA"] }], vocabulary: form, asOf: AS_OF });
    assert.equal(matcher.rank({ id: "n-1", region: "XA" }).length, 1);
  }
  assert.equal(vocabulary.contains("region", "XA"), true, "the vocabulary is still usable");
  assert.throws(() => new Matcher({ offers: [{ id: "o-1", area: ["XA"] }] }), { code: "offer.region.unknown" });
});

test("asOf defaults to today", () => {
  const day = (date) =>
    [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const before = day(new Date());
  const days = [undefined, null, ""].map((asOf) => new Matcher({ offers: [OFFER], asOf }).asOf);
  const after = day(new Date());
  assert.ok(days.every((asOf) => asOf === before || asOf === after), `${days}`);
  assert.equal(small().asOf, AS_OF);
  const stale = new Matcher({ offers: [OFFER], asOf: "2026-12-23" });
  assert.deepEqual(stale.rank(NEED)[0].to_check, ["capacity"]);
  for (const asOf of ["23.11.2026", "2026-02-30", "\ud800", 20261123]) {
    assert.throws(() => new Matcher({ asOf }), (thrown) => {
      assert.ok(thrown instanceof LotseError);
      assert.match(thrown.path, /^as_?of$/i);
      return true;
    });
  }
});

test("rank returns the matches of one need, best first", () => {
  const matcher = small();
  const matches = matcher.rank(NEED);
  assert.deepEqual(matches.map(({ offer }) => offer), ["o-3", "o-4"]);
  assert.equal(matches[0].score, 0.9275);
  const parts = matches[0].reasons.map((reason) => Math.round(reason.contribution * 1e8));
  assert.equal(parts.reduce((sum, part) => sum + part), Math.round(matches[0].score * 1e8));
  assert.deepEqual(matcher.rank(JSON.stringify(NEED)), matches);
  assert.equal(matcher.rank(NEED, { top: 1 }).length, 1);
  assert.equal(matcher.rank(NEED, { top: 0 }).length, 0);
  assert.ok(matcher.rank(NEED, { reasons: false }).every((match) => !("reasons" in match)));
  const texts = ["en", "de", "de-simple"].map((lang) => matcher.rank(NEED, { lang })[0].reasons[0].text);
  assert.equal(new Set(texts).size, 3);
  assert.equal(matcher.rank(NEED)[0].reasons[0].text, texts[0], "defaults to English");
});

test("several needs may be a list, JSON text, or NDJSON", () => {
  const matcher = incident();
  const want = matcher.rankAll(NEEDS, { top: 2 });
  assert.deepEqual(want.map(({ need }) => need), ids(NEEDS));
  for (const needs of [NEEDS_TEXT, lines(NEEDS), Object.freeze([...NEEDS])]) {
    assert.deepEqual(matcher.rankAll(needs, { top: 2 }), want);
  }
  assert.deepEqual(matcher.rankAll(JSON.stringify(NEEDS[0]), { top: 2 }), want.slice(0, 1));
  assert.deepEqual(matcher.rankAll([]), []);
});

test("the responses for the example incident equal those of wire", () => {
  const matcher = incident();
  const request = { offers: OFFERS, needs: NEEDS, as_of: AS_OF };
  assert.deepEqual(matcher.rankAll(NEEDS), wire.rank(request).rankings);
  const options = { top: 3, lang: "de", reasons: false };
  assert.deepEqual(matcher.rankAll(NEEDS, options), wire.rank({ ...request, ...options }).rankings);
  const diagnoses = wire.diagnose({ ...request, near_misses: 1, lang: "de" }).diagnoses;
  assert.deepEqual(matcher.diagnoseAll(NEEDS, { nearMisses: 1, lang: "de" }), diagnoses);
  const plan = matcher.allocate(NEEDS, { minScore: 0.4, neighbourServes: false, lang: "de-simple" });
  const planned = { ...request, min_score: 0.4, neighbour_serves: false, lang: "de-simple" };
  assert.deepEqual(JSON.parse(JSON.stringify(plan)), wire.allocate(planned));
  assert.deepEqual(plan.report(), wire.report(planned));
  const pairs = NEEDS.slice(0, 9).map(({ id }, index) => ({ need: id, offer: OFFERS[index].id }));
  const explanations = wire.explain({ ...request, pairs, lang: "de" }).explanations;
  assert.deepEqual(matcher.explainAll(NEEDS, pairs, { lang: "de" }), explanations);
  // Single needs have the same results, unless they belong to a group, which is one party.
  for (const need of NEEDS.filter(({ group }) => group === undefined).slice(0, 20)) {
    const [ranking] = matcher.rankAll([need]);
    assert.deepEqual(matcher.rank(need), ranking.matches);
    assert.deepEqual(matcher.diagnose(need), matcher.diagnoseAll([need])[0]);
    assert.deepEqual(matcher.explain(need, "o-01"), matcher.explainAll([need], [{ need: need.id, offer: "o-01" }])[0]);
  }
});

test("explain returns all ten criteria of any pair", () => {
  const matcher = small();
  const explanation = matcher.explain(NEED, "o-4", { lang: "de" });
  assert.deepEqual([explanation.need, explanation.offer], ["n-17", "o-4"]);
  assert.equal(explanation.reasons.length, 10);
  assert.throws(() => matcher.explain(NEED, "o-5"), { name: "LotseError" });
  for (const options of [{ pairs: [] }, { pairs: undefined }, { top: 1 }]) {
    assert.throws(() => matcher.explain(NEED, "o-4", options), { code: "request.unknown_field" });
  }
  assert.throws(() => matcher.explainAll([NEED], [{ need: "n-17", offer: "o-5" }]), { name: "LotseError" });
  assert.throws(() => matcher.explainAll([NEED], [{ need: "n-18", offer: "o-4" }]), { name: "LotseError" });
});

test("diagnose returns the blocking criteria and the required changes", () => {
  const diagnosis = new Matcher({ offers: [OFFER], asOf: AS_OF }).diagnose({ ...NEED, languages: ["ti"], rules: {} });
  assert.deepEqual([diagnosis.need, diagnosis.offers, diagnosis.matching], ["n-17", 1, 0]);
  assert.deepEqual(diagnosis.blocked, [{ criterion: "language", offers: 1, only: 1 }]);
  assert.deepEqual(diagnosis.near_misses[0].changes.map(({ code }) => code), ["change.interpreter"]);
});

test("offers are returned in full form, which is valid input", () => {
  const matcher = small();
  assert.equal(matcher.size, 2);
  const spoken = ["de", "en", "prs"].map((tag) => ({ tag, how: tag === "prs" ? "interpreter" : "spoken" }));
  assert.deepEqual(matcher.offer("o-3"), { ...OFFER, languages: spoken });
  assert.deepEqual(new Matcher({ offers: matcher.offers(), asOf: AS_OF }).offers(), matcher.offers());
  assert.equal(matcher.offer("o-5"), undefined);
  assert.equal(matcher.offer("__proto__"), undefined);
  assert.deepEqual(ids(matcher.offers()), ["o-3", "o-4"]);
  matcher.offers()[0].id = "changed";
  assert.deepEqual(ids(matcher.offers()), ["o-3", "o-4"], "the result is a copy");
  assert.throws(() => {
    "use strict";
    matcher.size = 3;
  }, TypeError);
});

test("an offer is inserted, replaced and removed", () => {
  const matcher = small();
  assert.equal(matcher.update({ id: "o-5", capacity: 2 }), false);
  assert.equal(matcher.size, 3);
  assert.equal(matcher.update('{"id": "o-5", "languages": ["ti"]}'), true);
  assert.deepEqual(matcher.offer("o-5").languages, [{ tag: "ti", how: "spoken" }]);
  const removed = matcher.remove("o-5");
  assert.equal(removed.id, "o-5");
  assert.equal(matcher.size, 2);
  assert.throws(() => matcher.remove("o-5"), { name: "LotseError" });
  assert.deepEqual(matcher.offers(), small().offers());
});

test("an invalid change has no effect", () => {
  const matcher = small();
  const before = matcher.offers();
  const invalid = [
    () => matcher.update({ id: "o-3", ages: { min: 9, max: 8 } }),
    () => matcher.update({ id: "" }),
    () => matcher.update("{"),
    () => matcher.update(undefined),
    () => matcher.update([{ id: "o-3" }]),
    () => matcher.setCapacity("o-3", -1),
    () => matcher.setCapacity("o-3", NaN),
    () => matcher.setCapacity("o-3", { state: "shut" }),
    () => matcher.setCapacity("o-3", "many"),
    () => matcher.setCapacity("o-5", 1),
    () => matcher.remove("o-5"),
    () => matcher.remove(""),
  ];
  for (const change of invalid) {
    assert.throws(change, LotseError, change.toString());
  }
  assert.deepEqual(matcher.offers(), before);
});

test("a capacity may be a number or a record", () => {
  const matcher = small();
  matcher.setCapacity("o-4", 0);
  assert.equal(matcher.rank({ id: "n-1", people: 1 }).some(({ offer }) => offer === "o-4"), false);
  matcher.setCapacity("o-4", { free: 7, total: 9, updated: AS_OF });
  assert.deepEqual(matcher.offer("o-4").capacity, { free: 7, total: 9, state: "open", updated: AS_OF });
  matcher.setCapacity("o-4", { state: "unlimited" });
  assert.equal(matcher.allocate([{ id: "n-1" }]).offers.find(({ offer }) => offer === "o-4").places, null);
});

test("a changed matcher equals a new one", () => {
  const matcher = incident();
  for (const offer of OFFERS.slice(10)) {
    matcher.remove(offer.id);
  }
  matcher.setCapacity("o-01", 1);
  for (const offer of OFFERS.slice(10).reverse()) {
    assert.equal(matcher.update(offer), false);
  }
  const offers = OFFERS.map((offer) => (offer.id === "o-01" ? { ...offer, capacity: 1 } : offer));
  const fresh = new Matcher({ offers, asOf: AS_OF });
  assert.deepEqual(matcher.offers(), fresh.offers());
  assert.deepEqual(matcher.rankAll(NEEDS), fresh.rankAll(NEEDS));
  assert.deepEqual(matcher.allocate(NEEDS).toJSON(), fresh.allocate(NEEDS).toJSON());
});

test("a freed matcher throws an error that explains it", () => {
  const matcher = small();
  matcher.free();
  matcher.free(); // twice is allowed
  const uses = [
    () => matcher.rank(NEED),
    () => matcher.rankAll([NEED]),
    () => matcher.explain(NEED, "o-3"),
    () => matcher.diagnose(NEED),
    () => matcher.allocate([NEED]),
    () => matcher.update(OFFER),
    () => matcher.offers(),
    () => matcher.policy(),
    () => matcher.size,
  ];
  for (const use of uses) {
    assert.throws(use, (thrown) => {
      assert.ok(thrown instanceof Error && !(thrown instanceof WebAssembly.RuntimeError), `${use}: ${thrown}`);
      assert.match(thrown.message, /free/, `${use}`);
      return true;
    });
  }
  assert.equal(small().rank(NEED)[0].score, 0.9275);
});

test("a matcher is disposable", () => {
  const dispose = Symbol.dispose ?? Symbol.for("nodejs.dispose");
  const matcher = small();
  matcher[dispose]();
  assert.throws(() => matcher.rank(NEED), /free/);
});

test("input is not modified", () => {
  const options = { offers: structuredClone(OFFERS_SMALL), policy: structuredClone(POLICY), vocabulary: {}, asOf: AS_OF };
  const copy = structuredClone(options);
  const need = structuredClone(NEED);
  new Matcher(options).rank(need);
  assert.deepEqual([options, need], [copy, NEED]);
});

test("unknown matcher options and method options are rejected", () => {
  for (const options of [{ offer: [] }, { policy: { weight: {} } }, 1, "x", []]) {
    assert.throws(() => new Matcher(options), (thrown) => thrown instanceof LotseError || thrown instanceof TypeError);
  }
  assert.equal(new Matcher({ as_of: AS_OF }).asOf, AS_OF); // the name in the wire format
  const matcher = small();
  const invalid = [
    () => matcher.rank(NEED, { tops: 1 }),
    () => matcher.rank(NEED, { top: -1 }),
    () => matcher.rank(NEED, { top: 1.5 }),
    () => matcher.rank(NEED, { top: "1" }),
    () => matcher.rank(NEED, { lang: "fr" }),
    () => matcher.rank(NEED, { reasons: "no" }),
    () => matcher.diagnose(NEED, { nearMisses: -1 }),
    () => matcher.allocate([NEED], { moves: "some" }),
    () => matcher.allocate([NEED], { minScore: 2 }),
    () => matcher.allocate([NEED], { fixed: [{ need: "n-17", offer: "o-99" }] }),
    () => matcher.allocate([NEED], { needs: [] }),
    () => matcher.rank(NEED, { policy: {} }),
    () => matcher.explain(NEED, "o-3", { as_of: AS_OF }),
    () => new Matcher({ needs: [NEED] }),
  ];
  for (const call of invalid) {
    const thrown = thrownBy(call);
    assert.ok(thrown instanceof LotseError || thrown instanceof TypeError, `${call}: ${thrown}`);
  }
});

test("invalid additions are rejected", () => {
  for (const vocabulary of [{ regionen: [] }, { regions: 1 }, "{", [1], 1]) {
    assert.throws(() => new Matcher({ vocabulary }), LotseError);
  }
  assert.equal(new Matcher({ vocabulary: { ...ADDITIONS } }).size, 0);
});
