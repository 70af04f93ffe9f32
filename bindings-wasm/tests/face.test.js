// The JavaScript face: what goes in, what comes out, what is thrown. The meaning is tested in tests/golden.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

import * as lotse from "lotse";

import { call } from "../js/face.js";

const NEED = {
  id: "n-17", case: "c-9", group: "g-3", people: 1, priority: "urgent",
  help: "psychosocial.trauma_clinic",
  languages: ["prs", { tag: "de", level: "A2" }],
  region: "14612", place: { lat: 51.05, lon: 13.74 },
  crime: { code: "0101", context: ["terrorism"] },
  roles: ["bereaved"], gender: "female", age: 34,
  formats: ["on_site", "video"], access: ["wheelchair"],
  rules: { language: "prefer" },
};
const OFFER = {
  id: "o-3", name: "Traumaambulanz Beispielstadt", organisation: "Beispielklinikum",
  help: ["psychosocial.trauma_clinic"],
  languages: ["de", "en", { tag: "prs", how: "interpreter" }],
  area: ["14612", "14628"], place: { region: "14612", lat: 51.06, lon: 13.78 },
  crimes: ["any", { code: "02" }, { context: ["terrorism"] }],
  capacity: { free: 3, total: 10, state: "open", updated: "2026-11-20" },
  roles: ["any"], genders: ["any"], ages: { min: 18 },
  formats: ["on_site", "phone"], access: ["wheelchair"],
  contact: { phone: "...", email: "...", url: "..." },
};
const REQUEST = { needs: [NEED], offers: [OFFER], as_of: "2026-11-23" };
const OPERATIONS = [lotse.rank, lotse.explain, lotse.diagnose, lotse.allocate, lotse.report, lotse.check];

const need = (fields) => ({ ...REQUEST, needs: [{ ...NEED, ...fields }] });
const offer = (fields) => ({ ...REQUEST, offers: [{ ...OFFER, ...fields }] });

function error(request) {
  try {
    lotse.rank(request);
  } catch (thrown) {
    assert.ok(thrown instanceof lotse.LotseError, thrown);
    return thrown;
  }
  return assert.fail("nothing was thrown");
}

test("before ready() every function says what to do", () => {
  for (const operation of [...OPERATIONS, lotse.resolve, lotse.version]) {
    assert.throws(() => operation(REQUEST), { name: "Error", message: /await ready\(\)/ });
  }
});

test("ready() after a failure, twice at once, and again", async () => {
  await assert.rejects(lotse.ready(new Uint8Array([0, 1, 2])), WebAssembly.CompileError);
  await Promise.all([lotse.ready(), lotse.ready()]);
  await lotse.ready();
});

test("version", () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  assert.equal(lotse.version(), version);
});

test("rank", () => {
  const [ranking] = lotse.rank(REQUEST).rankings;
  assert.equal(ranking.need, "n-17");
  const [match] = ranking.matches;
  assert.deepEqual([match.offer, match.score, match.to_check], ["o-3", 0.9125, []]);
  const parts = match.reasons.map((reason) => Math.round(reason.contribution * 1e8));
  assert.equal(parts.reduce((sum, part) => sum + part), Math.round(match.score * 1e8));
  assert.ok(match.reasons.every((reason) => reason.text));
});

test("explain", () => {
  const [explanation] = lotse.explain(REQUEST).explanations;
  assert.deepEqual([explanation.need, explanation.offer, explanation.matches], ["n-17", "o-3", true]);
  assert.equal(explanation.reasons.length, 10);
});

test("allocate and report", () => {
  const needs = [{ id: "n-1" }, { id: "n-2", priority: "urgent" }];
  const request = { offers: [{ id: "o-1", capacity: 1 }], needs };
  const plan = lotse.allocate(request);
  assert.deepEqual(
    plan.referrals.map(({ need, offer }) => [need, offer]),
    [["n-2", "o-1"]],
  );
  assert.deepEqual(
    plan.unmet.map(({ need, reason }) => [need, reason]),
    [["n-1", "no_place"]],
  );
  assert.deepEqual(plan.certificate, { optimal: true, gap: null, verified: true });
  assert.equal(lotse.report(request).total.met, 1);
});

test("diagnose", () => {
  const [diagnosis] = lotse.diagnose(need({ languages: ["ti"], rules: {} })).diagnoses;
  assert.deepEqual([diagnosis.need, diagnosis.offers, diagnosis.matching], ["n-17", 1, 0]);
  assert.deepEqual(diagnosis.blocked, [{ criterion: "language", offers: 1, only: 1 }]);
  const [miss] = diagnosis.near_misses;
  assert.deepEqual([miss.offer, miss.blockers], ["o-3", ["language"]]);
  assert.deepEqual(miss.changes.map(({ code }) => code), ["change.interpreter"]);
  assert.equal(lotse.diagnose({ ...REQUEST, near_misses: 0 }).diagnoses[0].matching, 1);
});

test("check", () => {
  const answer = lotse.check({ ...REQUEST, needs: [NEED, { id: "n-18", age: "thirty" }] });
  assert.deepEqual([answer.offers, answer.needs], [1, 2]);
  assert.deepEqual(answer.errors.map(({ code, path }) => [code, path]), [["need.type", "needs[1].age"]]);
});

test("resolve", () => {
  const request = { words: [{ text: "Farsi", kind: "language" }, { text: "LK Leipzig" }, { text: "" }], lang: "de" };
  const answer = lotse.resolve(request);
  assert.deepEqual(answer, lotse.resolve(JSON.stringify(request)));
  const told = answer.resolved.map(({ candidates }) => candidates.map(({ code, how }) => [code, how]));
  assert.deepEqual(told, [[["fa", "umbrella"], ["prs", "umbrella"]], [["14729", "exact"]], []]);
  assert.throws(() => lotse.resolve({ words: [{ text: "Farsi", kind: "tongue" }] }), {
    code: "request.value",
    path: "words[0].kind",
  });
});

test("a request is an object or JSON text", () => {
  for (const operation of OPERATIONS) {
    assert.deepEqual(operation(REQUEST), operation(JSON.stringify(REQUEST)));
    assert.deepEqual(operation(REQUEST), operation(vm.runInNewContext(`(${JSON.stringify(REQUEST)})`)));
    assert.deepEqual(operation(REQUEST), operation({ ...REQUEST, policy: undefined, vocabulary: null }));
  }
});

test("as_of is today if left out", () => {
  const day = (date) =>
    [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const now = new Date();
  const request = { needs: [NEED], offers: [{ ...OFFER, capacity: { free: 3, updated: day(now) } }] };
  const answer = lotse.rank(request);
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const [first, second] = [now, tomorrow].map((date) => JSON.stringify(lotse.rank({ ...request, as_of: day(date) })));
  assert.ok([first, second].includes(JSON.stringify(answer))); // the second if midnight has passed meanwhile
  assert.throws(() => call("rank", request), { code: "request.as_of.missing", path: "as_of" });
});

test("an error is a real one, with code, path, hint and all errors", () => {
  const thrown = error({ ...need({ gender: "femal" }), offers: [{ id: "o-1", ages: { min: 9, max: 8 } }] });
  assert.ok(thrown instanceof Error);
  assert.equal(thrown.name, "LotseError");
  assert.match(thrown.stack, /LotseError/);
  assert.deepEqual(new Set(thrown.errors.map(({ code }) => code)), new Set(["offer.ages.reversed", "need.value"]));
  const { code, path, message, hint } = thrown;
  assert.deepEqual(thrown.errors[0], { code, path, message, hint });
});

test("an error about a need repeats no value", () => {
  for (const field of ["id", "age", "gender", "languages", "people", "priority", "rules", "help"]) {
    for (const value of ["Zefira!", { "Zefira!": 1 }, ["Zefira!", { tag: "Zefira!" }], [["Zefira!"]]]) {
      try {
        lotse.rank(need({ [field]: value }));
      } catch (thrown) {
        assert.ok(!`${thrown} ${JSON.stringify(thrown)}`.includes("Zefira"), field);
      }
    }
  }
});

const loop = [];
loop.push(loop, loop);
const holes = new Array(2);
const UNFIT = {
  NaN: NaN,
  Infinity: Infinity,
  bigint: 34n,
  function: () => 34,
  symbol: Symbol("34"),
  set: new Set([34]),
  map: new Map([["a", 1]]),
  bytes: new Uint8Array(2),
  "boxed number": Object(34),
  "invalid date": new Date(NaN),
  promise: Promise.resolve(34),
  holes,
  loop,
  "key of prototypes": JSON.parse('{"__proto__": 1}'),
  surrogate: "\ud800",
  "surrogate key": { "\ud800": 2 },
};

for (const [name, value] of Object.entries(UNFIT)) {
  test(`what JSON cannot carry is refused at its place: ${name}`, () => {
    const { code, path } = error(need({ age: value }));
    assert.deepEqual([code, path], ["need.type", "needs[0].age"]);
    const other = error(offer({ id: value }));
    assert.deepEqual([other.code, other.path], ["offer.type", "offers[0].id"]);
  });
}

test("a number out of range", () => {
  for (const age of [1e30, -1e30, 2 ** 63, 1e300, 151]) {
    const { code, path } = error(need({ age }));
    assert.equal(path, "needs[0].age");
    assert.match(code, /^need\.(range|type)$/);
  }
});

test("deep nesting", () => {
  let deep = 1;
  for (let depth = 0; depth < 100_000; depth += 1) {
    deep = [deep];
  }
  assert.equal(error(need({ age: deep })).path, "needs[0].age");
  assert.match(error({ needs: deep }).path, /^needs/);
  assert.equal(error("[".repeat(1_000_000)).code, "json.syntax");
  assert.equal(error('{"needs":'.repeat(100_000)).code, "json.syntax");
});

test("text that is no JSON", () => {
  for (const text of ["", "{", "null1", "\ud800", '{"needs": "\ud800"}', '{"a": NaN}', "\0"]) {
    const { code, path } = error(text);
    assert.deepEqual([code, path], ["json.syntax", ""], JSON.stringify(text));
  }
});

test("a request that is no object", () => {
  for (const request of [undefined, null, 1, [], true, 1n, Symbol("a"), () => {}, new Map(), "1", "[]", "null", '"{}"']) {
    assert.equal(error(request).code, "request.type");
    assert.throws(() => lotse.explain(request), { name: "LotseError", code: "request.type" });
    assert.equal(lotse.check(request).errors[0].code, "request.type");
  }
});

test("nothing else is ever thrown", () => {
  let seed = 17;
  const random = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed / 0x80000000;
  };
  const pick = (list) => list[Math.floor(random() * list.length)];
  const junk = [...Object.values(UNFIT), null, undefined, "", [], {}, "any", "mul", -1, 0, -0, 1e-9, true, "x".repeat(300), [null], { "": 0 }, "2026-02-30"];
  const damaged = (value) => {
    if (random() < 0.02) {
      return pick(junk);
    }
    if (Array.isArray(value)) {
      const items = value.map(damaged);
      return random() < 0.03 ? [...items, ...items] : items;
    }
    if (typeof value === "object" && value !== null) {
      const fields = Object.entries(value).map(([key, item]) => [key, damaged(item)]);
      if (random() < 0.02) {
        fields.push([pick(["", "id", "age", "tag", "any", "\ud800"]), pick(junk)]);
      }
      return Object.fromEntries(fields);
    }
    return value;
  };
  const sound = { ...REQUEST, policy: { weights: { help: 10 }, rules: { format: "prefer" } }, vocabulary: {}, lang: "de" };
  let thrown = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const request = damaged(sound);
    for (const operation of OPERATIONS) {
      try {
        operation(request);
      } catch (refusal) {
        assert.ok(refusal instanceof lotse.LotseError && refusal.code && refusal.errors.length, refusal);
        thrown += 1;
      }
    }
  }
  assert.ok(thrown > 10_000, `${thrown} refusals`);
  assert.equal(lotse.rank(REQUEST).rankings[0].matches[0].score, 0.9125); // the module is still alive
});
