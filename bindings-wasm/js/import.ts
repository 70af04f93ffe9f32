// The entry of the import for browsers and bundlers.

import { instantiateImport, setImportLoader } from "./import-module.js";
import { type ModuleSource, compileModule } from "./source.js";

export * from "./import-api.js";

const loadDefault = () => compileModule(new URL("./lotse-import.wasm", import.meta.url));

setImportLoader(loadDefault);

/**
 * Loads the compiled module now instead of on first use.
 *
 * @param source the compiled module; defaults to `lotse-import.wasm` from the folder of this file
 */
export function ready(source?: ModuleSource): Promise<void> {
  return instantiateImport(source === undefined ? loadDefault : () => compileModule(source));
}
