// A matcher: what goes in, what comes out, how it changes. What the answers mean is tested in tests/golden.

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

test("offers come as a list, as JSON text, as a single one, or line by line", () => {
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

test("without offers a matcher is empty", () => {
  for (const setup of [undefined, {}, { offers: [] }, { offers: "" }, { offers: "[]" }, { offers: undefined }]) {
    const matcher = new Matcher(setup);
    assert.equal(matcher.size, 0);
    assert.deepEqual(matcher.offers(), []);
    assert.deepEqual(matcher.rank({ id: "n-1" }), []);
    assert.deepEqual(matcher.rankAll([{ id: "n-1" }]), [{ need: "n-1", matches: [] }]);
  }
});

test("a policy comes as an object or as JSON text", () => {
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
  assert.deepEqual(whole.rules.help, { rule: "must", minimum: 0.0001, unknown: "allow" }, "no rule is left out");
  assert.equal(Object.keys(whole.rules).length, 10);
  assert.deepEqual(new Matcher({ policy: whole }).policy(), whole, "what is told may be given back");
});

test("a vocabulary comes as additions, as JSON text, or as an object", () => {
  const additions = { languages: { "fa-af": "prs" }, regions: [{ code: "XA", kind: "country", name: "Nordland" }] };
  const vocabulary = new Vocabulary(additions);
  for (const given of [additions, JSON.stringify(additions), vocabulary]) {
    const matcher = new Matcher({ offers: [{ id: "o-1", area: ["XA"] }], vocabulary: given, asOf: AS_OF });
    assert.equal(matcher.rank({ id: "n-1", region: "XA" }).length, 1);
  }
  assert.equal(vocabulary.contains("region", "XA"), true, "the object is still there");
  assert.throws(() => new Matcher({ offers: [{ id: "o-1", area: ["XA"] }] }), { code: "offer.region.unknown" });
});

test("asOf is the day, or today", () => {
  const day = (date) =>
    [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const before = day(new Date());
  const told = [undefined, null, ""].map((asOf) => new Matcher({ offers: [OFFER], asOf }).asOf);
  const after = day(new Date());
  assert.ok(told.every((asOf) => asOf === before || asOf === after), `${told}`);
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

test("rank gives the matches of one need, best first", () => {
  const matcher = small();
  const matches = matcher.rank(NEED);
  assert.deepEqual(matches.map(({ offer }) => offer), ["o-3", "o-4"]);
  assert.equal(matches[0].score, 0.9125);
  const parts = matches[0].reasons.map((reason) => Math.round(reason.contribution * 1e8));
  assert.equal(parts.reduce((sum, part) => sum + part), Math.round(matches[0].score * 1e8));
  assert.deepEqual(matcher.rank(JSON.stringify(NEED)), matches);
  assert.equal(matcher.rank(NEED, { top: 1 }).length, 1);
  assert.equal(matcher.rank(NEED, { top: 0 }).length, 0);
  assert.ok(matcher.rank(NEED, { reasons: false }).every((match) => !("reasons" in match)));
  const texts = ["en", "de", "de-simple"].map((lang) => matcher.rank(NEED, { lang })[0].reasons[0].text);
  assert.equal(new Set(texts).size, 3);
  assert.equal(matcher.rank(NEED)[0].reasons[0].text, texts[0], "English if left out");
});

test("many needs come as a list, as JSON text, or line by line", () => {
  const matcher = incident();
  const want = matcher.rankAll(NEEDS, { top: 2 });
  assert.deepEqual(want.map(({ need }) => need), ids(NEEDS));
  for (const needs of [NEEDS_TEXT, lines(NEEDS), Object.freeze([...NEEDS])]) {
    assert.deepEqual(matcher.rankAll(needs, { top: 2 }), want);
  }
  assert.deepEqual(matcher.rankAll(JSON.stringify(NEEDS[0]), { top: 2 }), want.slice(0, 1));
  assert.deepEqual(matcher.rankAll([]), []);
});

test("the answers for the example incident are those of wire", () => {
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
  // One by one they are the same, save that a group counts as one party.
  for (const need of NEEDS.filter(({ group }) => group === undefined).slice(0, 20)) {
    const [ranking] = matcher.rankAll([need]);
    assert.deepEqual(matcher.rank(need), ranking.matches);
    assert.deepEqual(matcher.diagnose(need), matcher.diagnoseAll([need])[0]);
    assert.deepEqual(matcher.explain(need, "o-01"), matcher.explainAll([need], [{ need: need.id, offer: "o-01" }])[0]);
  }
});

test("explain tells all ten criteria of any pair", () => {
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

test("diagnose tells what excludes, and what would have to change", () => {
  const diagnosis = new Matcher({ offers: [OFFER], asOf: AS_OF }).diagnose({ ...NEED, languages: ["ti"], rules: {} });
  assert.deepEqual([diagnosis.need, diagnosis.offers, diagnosis.matching], ["n-17", 1, 0]);
  assert.deepEqual(diagnosis.blocked, [{ criterion: "language", offers: 1, only: 1 }]);
  assert.deepEqual(diagnosis.near_misses[0].changes.map(({ code }) => code), ["change.interpreter"]);
});

test("offers are told in full form, which may be given back", () => {
  const matcher = small();
  assert.equal(matcher.size, 2);
  const spoken = ["de", "en", "prs"].map((tag) => ({ tag, how: tag === "prs" ? "interpreter" : "spoken" }));
  assert.deepEqual(matcher.offer("o-3"), { ...OFFER, languages: spoken });
  assert.deepEqual(new Matcher({ offers: matcher.offers(), asOf: AS_OF }).offers(), matcher.offers());
  assert.equal(matcher.offer("o-5"), undefined);
  assert.equal(matcher.offer("__proto__"), undefined);
  assert.deepEqual(ids(matcher.offers()), ["o-3", "o-4"]);
  matcher.offers()[0].id = "changed";
  assert.deepEqual(ids(matcher.offers()), ["o-3", "o-4"], "what is told is a copy");
  assert.throws(() => {
    "use strict";
    matcher.size = 3;
  }, TypeError);
});

test("an offer is put in, put in the place of another, and taken out", () => {
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

test("a wrong change changes nothing", () => {
  const matcher = small();
  const before = matcher.offers();
  const wrong = [
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
  for (const change of wrong) {
    assert.throws(change, LotseError, change.toString());
  }
  assert.deepEqual(matcher.offers(), before);
});

test("places are set as a number or in full", () => {
  const matcher = small();
  matcher.setCapacity("o-4", 0);
  assert.equal(matcher.rank({ id: "n-1", people: 1 }).some(({ offer }) => offer === "o-4"), false);
  matcher.setCapacity("o-4", { free: 7, total: 9, updated: AS_OF });
  assert.deepEqual(matcher.offer("o-4").capacity, { free: 7, total: 9, state: "open", updated: AS_OF });
  matcher.setCapacity("o-4", { state: "unlimited" });
  assert.equal(matcher.allocate([{ id: "n-1" }]).offers.find(({ offer }) => offer === "o-4").places, null);
});

test("a changed matcher is the same as a new one", () => {
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

test("a matcher that was freed says so", () => {
  const matcher = small();
  matcher.free();
  matcher.free(); // a second time at no cost
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
  assert.equal(small().rank(NEED)[0].score, 0.9125);
});

test("a matcher can be disposed of", () => {
  const dispose = Symbol.dispose ?? Symbol.for("nodejs.dispose");
  const matcher = small();
  matcher[dispose]();
  assert.throws(() => matcher.rank(NEED), /free/);
});

test("what was given is left alone", () => {
  const setup = { offers: structuredClone(OFFERS_SMALL), policy: structuredClone(POLICY), vocabulary: {}, asOf: AS_OF };
  const copy = structuredClone(setup);
  const need = structuredClone(NEED);
  new Matcher(setup).rank(need);
  assert.deepEqual([setup, need], [copy, NEED]);
});

test("a setup or an option that does not exist is refused", () => {
  for (const setup of [{ offer: [] }, { policy: { weight: {} } }, 1, "x", []]) {
    assert.throws(() => new Matcher(setup), (thrown) => thrown instanceof LotseError || thrown instanceof TypeError);
  }
  assert.equal(new Matcher({ as_of: AS_OF }).asOf, AS_OF); // the name on the wire
  const matcher = small();
  const wrong = [
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
  for (const call of wrong) {
    const thrown = thrownBy(call);
    assert.ok(thrown instanceof LotseError || thrown instanceof TypeError, `${call}: ${thrown}`);
  }
});

test("additions that are wrong are refused", () => {
  for (const vocabulary of [{ regionen: [] }, { regions: 1 }, "{", [1], 1]) {
    assert.throws(() => new Matcher({ vocabulary }), LotseError);
  }
  assert.equal(new Matcher({ vocabulary: { ...ADDITIONS } }).size, 0);
});
