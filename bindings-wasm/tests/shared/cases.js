// Reads the golden cases from disk.

import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../../tests/golden/", import.meta.url);

export const files = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => ({ name, data: JSON.parse(readFileSync(new URL(name, folder), "utf8")) }));

/** The cases that the module can run: it is built without the features on which the others depend. */
export const cases = files.flatMap(({ data }) => data.cases).filter(({ feature }) => feature === undefined);
