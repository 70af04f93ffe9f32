// The cells of the page's CSV files: the same cases as those of the command line.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { transformSync } from "esbuild";

const source = readFileSync(new URL("../../demo/src/incident/csv.ts", import.meta.url), "utf8");
const { code } = transformSync(source, { loader: "ts", format: "esm" });
const { csvText, escapeFormulas } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
const { cases } = JSON.parse(readFileSync(new URL("../../../tests/csv_cells.json", import.meta.url), "utf8"));

test("no part of a text is a formula", () => {
  assert.ok(cases.length > 20);
  for (const { why, text, cell } of cases) assert.equal(escapeFormulas(text), cell, why);
});

test("a number keeps its sign", () => {
  assert.equal(csvText([["-1", -1, 'a"b']]), `\uFEFF'-1;-1;"a""b"\r\n`);
});
