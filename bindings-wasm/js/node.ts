// The entry for Node, which loads synchronously from disk. It is built as CommonJS, so that `require` and `import`
// share one instance.

import { instantiate, instantiateAsync, setDefaultLoader } from "./module.js";
import { type ModuleSource, compileModule } from "./source.js";

export * from "./api.js";

setDefaultLoader(load);

// Modules of Node come from `getBuiltinModule`: `require` fails when this file is bundled into an ES module.

/**
 * Loads the compiled module now instead of on first use.
 *
 * @param source the compiled module, which may also be a `file:` address; defaults to `lotse.wasm` from the folder of
 *   this file
 */
export async function ready(source?: ModuleSource): Promise<void> {
  if (source === undefined) {
    instantiate(load);
    return;
  }
  const loaded = await source;
  const address = Object.prototype.toString.call(loaded) === "[object URL]" || typeof loaded === "string" ? String(loaded) : "";
  // `fetch` of Node does not read files.
  await instantiateAsync(async () =>
    compileModule(address.startsWith("file:") ? process.getBuiltinModule("node:fs").readFileSync(new URL(address)) : loaded),
  );
}

function load(): WebAssembly.Module {
  let bytes;
  try {
    bytes = process.getBuiltinModule("node:fs").readFileSync(`${__dirname}/lotse.wasm`);
  } catch {
    // In a bundle, to which no files were copied. Only here, so that Node itself never parses it.
    const { compileEmbedded } = require("./embedded.js") as typeof import("./embedded.js");
    return compileEmbedded();
  }
  return new WebAssembly.Module(bytes);
}
