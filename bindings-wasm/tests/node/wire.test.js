// `wire`: requests, responses and errors. Their meaning is tested by the golden cases.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

import { LotseError, ready, version, wire } from "lotse";

import { AS_OF, NEED, OFFER } from "../shared/records.js";
import { UNFIT, deep } from "../shared/unfit.js";

await ready();

const REQUEST = { needs: [NEED], offers: [OFFER], as_of: AS_OF };
const OPERATIONS = ["rank", "explain", "diagnose", "allocate", "report", "check"];

const need = (fields) => ({ ...REQUEST, needs: [{ ...NEED, ...fields }] });
const offer = (fields) => ({ ...REQUEST, offers: [{ ...OFFER, ...fields }] });

function error(request) {
  try {
    wire.rank(request);
  } catch (thrown) {
    assert.ok(thrown instanceof LotseError, thrown);
    return thrown;
  }
  return assert.fail("nothing was thrown");
}

test("version", () => {
  const { version: stated } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  assert.equal(version(), stated);
});

test("there is one function per operation", () => {
  assert.deepEqual(Object.keys(wire).sort(), [...OPERATIONS, "resolve"].sort());
});

test("a request may be an object or JSON text", () => {
  for (const name of OPERATIONS) {
    const operation = wire[name];
    assert.deepEqual(operation(REQUEST), operation(JSON.stringify(REQUEST)));
    assert.deepEqual(operation(REQUEST), operation(vm.runInNewContext(`(${JSON.stringify(REQUEST)})`)));
    assert.deepEqual(operation(REQUEST), operation({ ...REQUEST, policy: undefined, vocabulary: null }));
    assert.deepEqual(operation(REQUEST), operation(Object.assign(Object.create(null), REQUEST)));
  }
  const words = { words: [{ text: "Farsi", kind: "language" }], lang: "de" };
  assert.deepEqual(wire.resolve(words), wire.resolve(JSON.stringify(words)));
});

test("a response of each operation", () => {
  assert.equal(wire.rank(REQUEST).rankings[0].matches[0].score, 0.9275);
  assert.equal(wire.explain(REQUEST).explanations[0].reasons.length, 10);
  assert.equal(wire.diagnose(REQUEST).diagnoses[0].matching, 1);
  const needs = [{ id: "n-1" }, { id: "n-2", priority: "urgent" }];
  const plan = wire.allocate({ offers: [{ id: "o-1", capacity: 1 }], needs });
  assert.deepEqual(plan.referrals.map(({ need, offer }) => [need, offer]), [["n-2", "o-1"]]);
  assert.deepEqual(plan.unmet.map(({ need, reason }) => [need, reason]), [["n-1", "no_place"]]);
  assert.equal(wire.report({ offers: [{ id: "o-1", capacity: 1 }], needs }).total.met, 1);
  assert.throws(() => wire.resolve({ words: [{ text: "Farsi", kind: "tongue" }] }), {
    code: "request.value",
    path: "words[0].kind",
  });
});

test("as_of defaults to today", () => {
  const day = (date) =>
    [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const now = new Date();
  const request = { needs: [NEED], offers: [{ ...OFFER, capacity: { free: 3, updated: day(now) } }] };
  const answer = wire.rank(request);
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const [first, second] = [now, tomorrow].map((date) => JSON.stringify(wire.rank({ ...request, as_of: day(date) })));
  assert.ok([first, second].includes(JSON.stringify(answer))); // the second one if midnight has passed
});

test("an error is an Error with code, path, hint and all errors", () => {
  const thrown = error({ ...need({ gender: "femal" }), offers: [{ id: "o-1", ages: { min: 9, max: 8 } }] });
  assert.ok(thrown instanceof Error);
  assert.equal(thrown.name, "LotseError");
  assert.match(thrown.stack, /LotseError/);
  assert.match(`${thrown}`, /^LotseError: /);
  assert.deepEqual(new Set(thrown.errors.map(({ code }) => code)), new Set(["offer.ages.reversed", "need.value"]));
  const { code, path, message, hint } = thrown;
  assert.deepEqual(thrown.errors[0], { code, path, message, hint });
  assert.equal(structuredClone(thrown).message, message, "it can be cloned");
});

test("an error about a need contains none of its values", () => {
  let rejections = 0;
  for (const field of Object.keys(NEED)) {
    for (const value of ["Zefira!", { "Zefira!": 1 }, ["Zefira!", { tag: "Zefira!" }], [["Zefira!"]], new Date("x")]) {
      for (const operation of [wire.rank, wire.explain, wire.diagnose, wire.allocate, wire.report]) {
        try {
          operation(need({ [field]: value }));
        } catch (thrown) {
          rejections += 1;
          const output = `${thrown} ${thrown.stack} ${JSON.stringify(thrown)} ${JSON.stringify(thrown.errors)}`;
          assert.doesNotMatch(output, /Zefira/, field);
        }
      }
      assert.doesNotMatch(JSON.stringify(wire.check(need({ [field]: value }))), /Zefira/, field);
    }
  }
  assert.ok(rejections > 300, `${rejections}`);
  for (const text of ['{"needs": [{"id": "Zefira!"', '{"needs": [{"id": "Zefira!\\q"}]}', "Zefira!"]) {
    const thrown = error(text);
    assert.doesNotMatch(`${thrown} ${thrown.stack} ${JSON.stringify(thrown)}`, /Zefira/);
  }
});

for (const [name, value] of Object.entries(UNFIT)) {
  test(`a value that JSON cannot represent is rejected with its path: ${name}`, () => {
    const { code, path } = error(need({ age: value }));
    assert.deepEqual([code, path], ["need.type", "needs[0].age"]);
    const other = error(offer({ id: value }));
    assert.deepEqual([other.code, other.path], ["offer.type", "offers[0].id"]);
  });
}

test("toJSON is applied", () => {
  assert.deepEqual(wire.rank(need({ age: { toJSON: () => 34 } })), wire.rank(need({ age: 34 })));
  const dated = offer({ capacity: { free: 3, updated: "2026-11-20" } });
  const text = JSON.stringify(dated);
  assert.deepEqual(wire.rank({ toJSON: () => JSON.parse(text) }), wire.rank(text));
  // An endless chain of toJSON is cut.
  const endless = () => ({ toJSON: endless });
  assert.equal(error(need({ age: endless() })).path, "needs[0].age");
});

test("exceptions of the caller's own objects are thrown", () => {
  const own = new RangeError("own");
  const raise = () => {
    throw own;
  };
  const proxy = new Proxy({}, { get: raise, ownKeys: raise, getOwnPropertyDescriptor: raise, getPrototypeOf: raise });
  const objects = [{ toJSON: raise }, Object.defineProperty({}, "x", { get: raise, enumerable: true }), proxy];
  for (const value of objects) {
    for (const request of [value, { ...REQUEST, needs: value }, need({ age: value })]) {
      assert.throws(() => wire.rank(request), (thrown) => thrown === own || thrown instanceof LotseError);
    }
  }
  assert.throws(() => wire.rank(need({ age: objects[1] })), (thrown) => thrown === own);
});

test("numbers out of range are rejected", () => {
  for (const age of [1e30, -1e30, 2 ** 63, 1e300, 151, -1, 0.5, 5e-324, Number.MAX_SAFE_INTEGER]) {
    const { code, path } = error(need({ age }));
    assert.equal(path, "needs[0].age");
    assert.match(code, /^need\.(range|type)$/);
  }
});

test("deep nesting is rejected", () => {
  assert.equal(error(need({ age: deep(100_000) })).path, "needs[0].age");
  assert.match(error({ needs: deep(100_000) }).path, /^needs/);
  assert.equal(error("[".repeat(1_000_000)).code, "json.syntax");
  assert.equal(error('{"needs":'.repeat(100_000)).code, "json.syntax");
});

test("a sparse list is rejected at once, whatever its length", () => {
  const started = performance.now();
  for (const length of [1e6, 2 ** 27, 2 ** 32 - 1]) {
    assert.match(error(need({ roles: new Array(length) })).path, /^needs\[0\]\.roles/);
  }
  assert.ok(performance.now() - started < 3000);
});

test("text that is not JSON is rejected", () => {
  const halves = ["\ud800", '{"needs": "\ud800"}', '{"needs": [{"id": "a\\\ud800"}]}'];
  for (const text of ["", "{", "null1", '{"a": NaN}', "\0", "\ufeff", ...halves]) {
    const { code, path } = error(text);
    assert.deepEqual([code, path], ["json.syntax", ""], JSON.stringify(text));
  }
});

test("a request that is not an object is rejected", () => {
  const requests = [undefined, null, 1, [], true, 1n, Symbol("a"), () => {}, new Map(), "1", "[]", "null", '"{}"'];
  for (const request of requests) {
    assert.equal(error(request).code, "request.type");
    assert.throws(() => wire.explain(request), { name: "LotseError", code: "request.type" });
    assert.equal(wire.check(request).errors[0].code, "request.type");
  }
});

test("ids may equal names of built-in properties", () => {
  const needs = JSON.parse('[{"id": "__proto__"}, {"id": "constructor"}, {"id": "toString"}]');
  const offers = [{ id: "__proto__", capacity: 3 }, { id: "hasOwnProperty" }];
  const answer = wire.rank({ needs, offers });
  assert.deepEqual(answer.rankings.map(({ need }) => need), ["__proto__", "constructor", "toString"]);
  assert.deepEqual(answer.rankings[0].matches.map(({ offer }) => offer).sort(), ["__proto__", "hasOwnProperty"]);
  assert.equal(error(JSON.parse('{"__proto__": {"needs": []}}')).code, "request.unknown_field");
  assert.equal(error(need(JSON.parse('{"__proto__": 1}'))).code, "need.unknown_field");
  assert.equal({}.needs, undefined);
});

test("text of any script is preserved", () => {
  const id = "n-\u{1f469}‍\u{1f4bb} שלום привет ዓለም \u0000\u2028";
  assert.equal(wire.rank({ needs: [{ id }], offers: [] }).rankings[0].need, id);
  assert.equal(wire.rank(JSON.stringify({ needs: [{ id }], offers: [] })).rankings[0].need, id);
});
