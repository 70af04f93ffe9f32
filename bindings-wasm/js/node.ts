// The entry for Node, which loads synchronously from disk. It is built as CommonJS, so that `require` and `import`
// share one instance.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { instantiate, instantiateAsync, setDefaultLoader } from "./module.js";
import { type ModuleSource, compileModule } from "./source.js";

export * from "./api.js";

setDefaultLoader(loadFromDisk);

/**
 * Loads the compiled module now instead of on first use.
 *
 * @param source the compiled module, which may also be a `file:` address; defaults to `lotse.wasm` from the folder of
 *   this file
 */
export async function ready(source?: ModuleSource): Promise<void> {
  if (source === undefined) {
    instantiate(loadFromDisk);
    return;
  }
  const loaded = await source;
  const address = loaded instanceof URL || typeof loaded === "string" ? String(loaded) : "";
  // `fetch` of Node does not read files.
  await instantiateAsync(async () =>
    compileModule(address.startsWith("file:") ? readFileSync(fileURLToPath(address)) : loaded),
  );
}

function loadFromDisk(): WebAssembly.Module {
  const file = join(__dirname, "lotse.wasm");
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new Error(`${file} cannot be read: in a bundle, use \`lotse/inline\``, { cause });
  }
  return new WebAssembly.Module(bytes);
}
