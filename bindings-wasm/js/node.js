// The entry for Node, whose `fetch` reads no files.

import { readFile } from "node:fs/promises";

import { ready as start } from "./face.js";

export * from "./index.js";

export function ready(source) {
  return start(source ?? readFile(new URL("../pkg/lotse_bg.wasm", import.meta.url)));
}
