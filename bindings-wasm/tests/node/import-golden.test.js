// Runs the cases of imports; every other language runs the same ones.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import * as lotse from "lotse/import";

import { judgeImport, runCase } from "../shared/golden-import.js";
import { importCases, WITHOUT_SPREADSHEETS } from "../shared/import-cases.js";

let ran = 0;
for (const golden of importCases) {
  test(golden.name, async () => {
    ran += 1;
    if (WITHOUT_SPREADSHEETS.includes(golden.name)) {
      await assert.rejects(runCase(golden, lotse), ({ code }) => code === "import.format.xlsx");
    } else {
      judgeImport(golden, await runCase(golden, lotse));
    }
  });
}

test("there are cases, and none of the exceptions is old", () => {
  assert.notEqual(importCases.length, 0);
  const names = importCases.map(({ name }) => name);
  assert.deepEqual(WITHOUT_SPREADSHEETS.filter((name) => !names.includes(name)), []);
});

after(() => console.log(`import: ${ran} cases`));
