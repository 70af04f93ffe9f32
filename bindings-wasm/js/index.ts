// The entry for browsers and bundlers.

import { startWith } from "./module.js";
import { type ModuleSource, compiled } from "./source.js";

export * from "./api.js";

/**
 * Loads the module; may be called again at no cost. Everything else works only after it. In Node it is not needed.
 *
 * @param source where the module comes from, if not from `lotse.wasm` beside this file
 */
export function ready(source?: ModuleSource): Promise<void> {
  return startWith(() => compiled(source ?? new URL("./lotse.wasm", import.meta.url)));
}
