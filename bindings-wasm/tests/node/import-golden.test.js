// Runs the cases of imports; every other language runs the same ones.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import * as lotse from "lotse/import";

import { checkCase } from "../shared/golden-import.js";
import { importCases, printCount, WITHOUT_SPREADSHEETS } from "../shared/import-cases.js";

for (const golden of importCases) {
  test(golden.name, () => checkCase(golden, lotse));
}

test("there are cases, and none of the exceptions is old", () => {
  assert.notEqual(importCases.length, 0);
  const names = importCases.map(({ name }) => name);
  assert.deepEqual(WITHOUT_SPREADSHEETS.filter((name) => !names.includes(name)), []);
});

after(printCount);
