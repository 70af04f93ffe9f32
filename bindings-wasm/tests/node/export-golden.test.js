// Runs the golden cases of exports of offers; the module exports no needs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { exportOffers } from "lotse/import";

import { files } from "../shared/cases.js";
import { same } from "../shared/golden.js";

const exports = files
  .flatMap(({ data }) => data.cases)
  .filter(({ op, input, want }) => op === "export" && want !== undefined && input.needs === undefined);

for (const { name, input, want } of exports) {
  const { offers, to, package: isPackage = false, with_capacity: withCapacity = false } = input;
  test(name, async () => same(await exportOffers(offers, { to, package: isPackage, withCapacity }), want, "response"));
}

test("there are cases", () => assert.notEqual(exports.length, 0));
