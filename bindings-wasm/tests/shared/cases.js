// Reads the golden cases from disk.

import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../../tests/golden/", import.meta.url);

export const files = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => ({ name, data: JSON.parse(readFileSync(new URL(name, folder), "utf8")) }));

export const cases = files.flatMap(({ data }) => data.cases);
