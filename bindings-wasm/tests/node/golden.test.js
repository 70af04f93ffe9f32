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
  for (const golden of cases) {
    const [want] = ["want", "want_error"].filter((key) => key in golden);
    assert.deepEqual(Object.keys(golden).sort(), ["input", "name", "op", want, "why"].sort(), golden.name);
  }
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, "a name is not unique");
});

let ran = 0;
for (const golden of cases) {
  const operation = golden.name === WITHOUT_A_DAY ? (request) => callOperation(golden.op, request) : wire[golden.op];
  test(golden.name, () => {
    ran += 1;
    judge(golden, operation, LotseError);
  });
}

after(() => console.log(`golden: ${ran} cases`));
