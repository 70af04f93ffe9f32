// The entry of the import for Node, Bun and Deno, which loads from disk.

import { instantiateImport, setImportLoader } from "./import-module.js";
import { type ModuleSource, compileModule } from "./source.js";

export * from "./import-api.js";

setImportLoader(loadDefault);

/** Loads the compiled module now instead of on first use; see `import.ts`. */
export function ready(source?: ModuleSource): Promise<void> {
  return instantiateImport(source === undefined ? loadDefault : () => compileModule(source));
}

async function loadDefault(): Promise<WebAssembly.Module> {
  const file = `${typeof __dirname === "string" ? __dirname : "."}/lotse-import.wasm`; // bundled as an ES module it is undefined
  const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
  if (!existsSync(file)) {
    throw new Error(`${file} does not exist: leave lotse out of the bundle, or call \`ready(source)\``);
  }
  return new WebAssembly.Module(readFileSync(file));
}
