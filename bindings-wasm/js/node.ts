// The entry for Node, which loads from disk, at once. It is built as CommonJS, so that `require` and `import` share it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { start, startWith, supply } from "./module.js";
import { type ModuleSource, compiled } from "./source.js";

export * from "./api.js";

supply(beside);

/** Loads the module now; without it, the first use does. The source may be a `file:` address too. */
export async function ready(source?: ModuleSource): Promise<void> {
  if (source === undefined) {
    start(beside);
    return;
  }
  const given = await source;
  const address = given instanceof URL || typeof given === "string" ? String(given) : "";
  // `fetch` of Node reads no files.
  await startWith(async () => compiled(address.startsWith("file:") ? readFileSync(fileURLToPath(address)) : given));
}

function beside(): WebAssembly.Module {
  const file = join(__dirname, "lotse.wasm");
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new Error(`${file} cannot be read: in a bundle, use \`lotse/inline\``, { cause });
  }
  return new WebAssembly.Module(bytes);
}
