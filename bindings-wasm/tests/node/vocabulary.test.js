// Vocabularies: words, codes and names. Also the check of records.

import assert from "node:assert/strict";
import { test } from "node:test";

import { LotseError, Vocabulary, check, criterionLabel, labels, ready, wire } from "lotse";

import { NEEDS, NEEDS_TEXT, OFFERS, OFFERS_TEXT } from "../shared/incident.js";
import { ADDITIONS, AS_OF, NEED, OFFER } from "../shared/records.js";

await ready();

const found = (candidates) => candidates.map(({ code, how }) => [code, how]);

test("resolve returns the candidates of wire", () => {
  const vocabulary = new Vocabulary();
  assert.deepEqual(found(vocabulary.resolve("Farsi", { kind: "language" })), [["fa", "umbrella"], ["prs", "umbrella"]]);
  assert.deepEqual(found(vocabulary.resolve("LK Leipzig")), [["14729", "exact"]]);
  assert.deepEqual(vocabulary.resolve(""), []);
  for (const text of ["Kurmandschi", "ukranisch", "Terroranschlag", "Xyzzy", "constructor", "__proto__"]) {
    for (const lang of [undefined, "de", "en", "de-simple"]) {
      const [{ candidates }] = wire.resolve({ words: [{ text }], lang }).resolved;
      assert.deepEqual(vocabulary.resolve(text, { lang }), candidates);
    }
  }
});

test("suggest returns the candidates of wire", () => {
  const vocabulary = new Vocabulary();
  const words = (candidates) => candidates.map(({ name, how, word }) => [name, how, word]);
  assert.deepEqual(words(vocabulary.suggest("Traum", { kind: "help", lang: "de" })), [
    ["Traumaambulanz", "completed", undefined],
    ["Psychotherapie", "completed", "Trauma"],
  ]);
  assert.deepEqual(found(vocabulary.suggest("ukranisch", { kind: "language" })), [["uk", "typo"]]);
  assert.deepEqual(vocabulary.suggest("K"), []);
  for (const top of [undefined, null, 10]) {
    assert.equal(vocabulary.suggest("Sa", { kind: "region", top }).length, 10);
  }
  for (const text of ["Kurm", "Leip", "Terror", "Xyzzy", "__pro"]) {
    for (const lang of [undefined, "de", "en", "de-simple"]) {
      const [{ candidates }] = wire.resolve({ words: [{ text }], lang, suggest: 3 }).resolved;
      assert.deepEqual(vocabulary.suggest(text, { lang, top: 3 }), candidates);
    }
  }
});

test("a vocabulary returns names", () => {
  const vocabulary = new Vocabulary();
  assert.equal(vocabulary.name("language", "kmr", "de"), "Kurmandschi");
  assert.equal(vocabulary.name("region", "14612"), vocabulary.name("region", "14612", "en"));
  assert.equal(vocabulary.name("help", "psychosocial.own_code"), "psychosocial.own_code");
  assert.deepEqual(
    [["language", "kmr"], ["language", "xxx"], ["region", "14612"], ["region", "99999"]].map((code) =>
      vocabulary.contains(...code),
    ),
    [true, false, true, false],
  );
});

test("additions may be an object or JSON text", () => {
  for (const additions of [ADDITIONS, JSON.stringify(ADDITIONS)]) {
    const vocabulary = new Vocabulary(additions);
    assert.equal(vocabulary.name("region", "XA"), "Nordland");
    assert.equal(vocabulary.name("help", "psychosocial.acute", "de"), "Krisenhilfe");
    assert.deepEqual(found(vocabulary.resolve("Kriseninterventionsteam Nord")), [["psychosocial.acute", "alias"]]);
  }
  for (const additions of [{ regionen: [] }, "{", 1, [], { umbrellas: { ku: 1 } }]) {
    assert.throws(() => new Vocabulary(additions), LotseError);
  }
});

test("the tables are valid additions", () => {
  const vocabulary = new Vocabulary({ regions: [{ code: "XA", kind: "country", name: "Nordland" }] });
  const tables = vocabulary.tables();
  const dresden = tables.regions.find(({ code }) => code === "14612");
  assert.ok(dresden.neighbours.includes("14628") && dresden.lat > 51 && dresden.name === "Dresden", dresden);
  assert.ok(tables.regions.some(({ code }) => code === "XA"));
  assert.deepEqual(new Vocabulary(tables).tables(), tables, "the tables are valid input");
});

test("invalid arguments are rejected", () => {
  const vocabulary = new Vocabulary();
  const invalid = [
    () => vocabulary.resolve("Farsi", { kind: "tongue" }),
    () => vocabulary.resolve("Farsi", { lang: "fr" }),
    () => vocabulary.resolve("Farsi", { language: "de" }),
    () => vocabulary.resolve("Farsi", { suggest: 3 }),
    () => vocabulary.resolve("Farsi", { words: [] }),
    () => vocabulary.suggest("Farsi", { suggest: 3 }),
    () => vocabulary.suggest("Farsi", { kind: "tongue" }),
    () => vocabulary.suggest("Farsi", { lang: "fr" }),
    () => vocabulary.suggest("Farsi", { top: 101 }),
    () => vocabulary.suggest("Farsi", { top: 0.5 }),
    () => vocabulary.suggest("Farsi", { top: NaN }),
    () => vocabulary.suggest(undefined),
    () => vocabulary.resolve(1),
    () => vocabulary.resolve(undefined),
    () => vocabulary.name("tongue", "de"),
    () => vocabulary.name("language", "de", "fr"),
    () => vocabulary.contains("tongue", "de"),
    () => criterionLabel("luck"),
    () => criterionLabel("help", "fr"),
    () => labels("fr"),
    () => labels("toString"),
    () => labels(null),
  ];
  for (const call of invalid) {
    assert.throws(call, (thrown) => thrown instanceof LotseError || thrown instanceof TypeError, `${call}`);
  }
});

test("a lone surrogate is rejected", () => {
  const vocabulary = new Vocabulary();
  for (const text of ["\ud800", "Farsi\udc00"]) {
    try {
      assert.deepEqual(vocabulary.resolve(text), []);
    } catch (thrown) {
      assert.ok(thrown instanceof LotseError);
    }
    assert.throws(() => vocabulary.contains("language", text), TypeError);
  }
});

test("a freed vocabulary throws an error that explains it", () => {
  const vocabulary = new Vocabulary();
  vocabulary.free();
  vocabulary.free();
  const uses = [() => vocabulary.resolve("a"), () => vocabulary.suggest("a"), () => vocabulary.name("language", "de"), () => vocabulary.tables()];
  for (const use of uses) {
    assert.throws(use, /free/);
  }
  const other = new Vocabulary();
  other[Symbol.dispose ?? Symbol.for("nodejs.dispose")]();
  assert.throws(() => other.contains("language", "de"), /free/);
});

test("criteria have labels", () => {
  assert.equal(criterionLabel("language", "de"), "Sprache");
  assert.equal(criterionLabel("language"), criterionLabel("language", "en"));
  const criteria = ["help", "crime", "language", "region", "capacity", "role", "gender", "age", "format", "access"];
  for (const lang of ["de", "en", "de-simple"]) {
    assert.equal(new Set(criteria.map((criterion) => criterionLabel(criterion, lang))).size, 10);
  }
});

test("codes and fields have labels", () => {
  assert.equal(labels("de").priority.stat, "sofort");
  assert.deepEqual(labels(), labels("en"));
  labels().priority.stat = "changed";
  assert.equal(labels().priority.stat, "at once");
  const vocabulary = new Vocabulary();
  for (const lang of ["de", "en", "de-simple"]) {
    const { criterion, ...others } = labels(lang);
    for (const [code, label] of Object.entries(criterion)) {
      assert.equal(label, criterionLabel(code, lang));
    }
    // The module has the words of the same table.
    for (const kind of ["priority", "state", "how", "format", "truth"]) {
      for (const [code, label] of Object.entries(others[kind])) {
        assert.equal(label, vocabulary.name(kind, code, lang), `${lang} ${kind} ${code}`);
      }
    }
  }
});

test("check returns all errors as data", () => {
  const answer = check({ offers: [OFFER], needs: [NEED, { id: "n-18", age: "thirty" }], asOf: AS_OF });
  assert.deepEqual([answer.offers, answer.needs], [1, 2]);
  assert.deepEqual(answer.errors.map(({ code, path }) => [code, path]), [["need.type", "needs[1].age"]]);
  assert.doesNotMatch(JSON.stringify(answer), /thirty/);
  assert.deepEqual(check({}), { offers: 0, needs: 0, errors: [], warnings: [] });
});

test("check accepts JSON text and NDJSON", () => {
  const lines = (records) => records.map((record) => JSON.stringify(record)).join("\n");
  const want = check({ offers: OFFERS, needs: NEEDS, asOf: AS_OF });
  assert.deepEqual([want.offers, want.needs, want.errors], [91, 366, []]);
  assert.deepEqual(check({ offers: OFFERS_TEXT, needs: NEEDS_TEXT, asOf: AS_OF }), want);
  assert.deepEqual(check({ offers: lines(OFFERS), needs: lines(NEEDS), asOf: AS_OF }), want);
  assert.deepEqual(wire.check({ offers: OFFERS, needs: NEEDS, as_of: AS_OF }), want);
  const cut = `${lines(NEEDS.slice(0, 2))}\n{"id": "geheim`;
  let output;
  try {
    output = check({ needs: cut });
    assert.ok(output.errors.length > 0);
  } catch (thrown) {
    assert.ok(thrown instanceof LotseError);
    output = { message: thrown.message, ...thrown };
  }
  assert.doesNotMatch(JSON.stringify(output), /geheim/);
});

test("check reports values that are not records", () => {
  for (const needs of [[1], [null], [[]], [NaN], ["x"], [new Map()], [undefined], [Symbol("x")]]) {
    const { errors } = check({ needs });
    assert.ok(errors.length > 0 && errors.every(({ path }) => path.startsWith("needs[0]")), JSON.stringify(errors));
  }
});
