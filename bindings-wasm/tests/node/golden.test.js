// Runs every golden case through `wire`; every other language runs the same cases.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { LotseError, ready, wire } from "lotse";

import { cases, files } from "../shared/cases.js";
import { WITHOUT_A_DAY, judge } from "../shared/golden.js";
import { callOperation } from "./module.js";

await ready();

test("the golden files are well-formed", () => {
  assert.notEqual(cases.length, 0, "no golden cases");
  for (const { name, data } of files) {
    assert.deepEqual(Object.keys(data), ["cases"], name);
  }
  for (const one of cases) {
    const [want] = ["want", "want_error"].filter((key) => key in one);
    assert.deepEqual(Object.keys(one).sort(), ["input", "name", "op", want, "why"].sort(), one.name);
  }
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, "a name is not unique");
});

let ran = 0;
for (const one of cases) {
  const operation = one.name === WITHOUT_A_DAY ? (request) => callOperation(one.op, request) : wire[one.op];
  test(one.name, () => {
    ran += 1;
    judge(one, operation, LotseError);
  });
}

after(() => console.log(`golden: ${ran} cases`));
