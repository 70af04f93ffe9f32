// Runs every case of tests/golden, as every other language does.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, test } from "node:test";

import { LotseError, ready } from "lotse";

import { call } from "../js/face.js";

const SENTENCES = ["text", "message", "hint"];

const folder = new URL("../../tests/golden/", import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => ({ name, data: JSON.parse(readFileSync(new URL(name, folder), "utf8")) }));
const cases = files.flatMap(({ data }) => data.cases);

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Equal as data; where the wanted object is silent on a sentence, any will do. */
function same(got, want, path) {
  if (isObject(want)) {
    assert.ok(isObject(got), `${path}: not an object`);
    const extra = Object.keys(got).filter((key) => !Object.hasOwn(want, key) && !SENTENCES.includes(key));
    assert.deepEqual(extra, [], `${path}: unwanted ${extra}`);
    for (const [key, value] of Object.entries(want)) {
      assert.ok(Object.hasOwn(got, key), `${path}.${key}: missing`);
      same(got[key], value, `${path}.${key}`);
    }
  } else if (Array.isArray(want)) {
    assert.ok(Array.isArray(got), `${path}: not an array`);
    assert.equal(got.length, want.length, `${path}: ${got.length} items, wanted ${want.length}`);
    want.forEach((value, index) => same(got[index], value, `${path}[${index}]`));
  } else {
    // Not `assert.equal`: to it, 0 and -0 differ.
    assert.ok(got === want, `${path}: ${JSON.stringify(got)}, wanted ${JSON.stringify(want)}`);
  }
}

/** Every key that is stated is equal. */
function sameStated(got, want, path) {
  for (const [key, value] of Object.entries(want)) {
    assert.ok(key in got, `${path}.${key}: missing`);
    if (key === "errors") {
      assert.equal(got.errors.length, value.length, `${path}.errors: ${got.errors.length} items, wanted ${value.length}`);
      value.forEach((stated, index) => sameStated(got.errors[index], stated, `${path}.errors[${index}]`));
    } else {
      same(got[key], value, `${path}.${key}`);
    }
  }
}

await ready();

test("the files hold well-formed cases", () => {
  assert.notEqual(cases.length, 0, "no golden cases");
  for (const { name, data } of files) {
    assert.deepEqual(Object.keys(data), ["cases"], name);
  }
  for (const one of cases) {
    const [want] = ["want", "want_error"].filter((key) => key in one);
    assert.deepEqual(Object.keys(one).sort(), ["input", "name", "op", want, "why"].sort(), one.name);
  }
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, "a name stands twice");
});

let ran = 0;
for (const { name, op, input, want, want_error } of cases) {
  test(name, () => {
    ran += 1;
    if (want !== undefined) {
      same(call(op, JSON.stringify(input)), want, "answer");
      return;
    }
    assert.throws(
      () => call(op, JSON.stringify(input)),
      (error) => {
        assert.ok(error instanceof LotseError, error);
        sameStated(error, want_error, "error");
        return true;
      },
    );
  });
}

after(() => console.log(`golden: ${ran} cases`));
