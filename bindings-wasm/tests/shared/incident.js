// Reads the example incident from disk.

import { readFileSync } from "node:fs";

const folder = new URL("../../../core/data/incident/", import.meta.url);

export const OFFERS_TEXT = readFileSync(new URL("offers.json", folder), "utf8");
export const NEEDS_TEXT = readFileSync(new URL("needs.json", folder), "utf8");
export const OFFERS = JSON.parse(OFFERS_TEXT);
export const NEEDS = JSON.parse(NEEDS_TEXT);
