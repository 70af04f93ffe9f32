// Reads the cases of imports from disk, with their files as base64.

import { existsSync, readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../../tests/golden/import/", import.meta.url);

/** The cases that end in an error: the module reads no spreadsheets. */
export const WITHOUT_SPREADSHEETS = ["20-xlsx-codes-as-numbers"];

const read = (path) => readFileSync(new URL(path, folder), "utf8");
const readJson = (path) => (existsSync(new URL(path, folder)) ? JSON.parse(read(path)) : undefined);

export const importCases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
  .map((name) => ({
    name,
    files: readdirSync(new URL(`${name}/input/`, folder))
      .sort()
      .map((file) => ({ name: file, base64: readFileSync(new URL(`${name}/input/${file}`, folder)).toString("base64") })),
    options: readJson(`${name}/options.json`),
    mapping: readJson(`${name}/mapping.json`),
    vocabulary: readJson(`${name}/vocabulary.json`),
    want: read(`${name}/want.ndjson`)
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
    report: readJson(`${name}/report.json`),
    rejects: WITHOUT_SPREADSHEETS.includes(name) ? "import.format.xlsx" : null,
  }));

/** Prints how many cases ran, and which of them could not. */
export function printCount() {
  console.log(`import: ${importCases.length - WITHOUT_SPREADSHEETS.length} cases; without spreadsheets: ${WITHOUT_SPREADSHEETS}`);
}
