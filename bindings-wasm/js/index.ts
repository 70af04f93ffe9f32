// The entry for browsers and bundlers.
//
// Every import points down in this order, which tests/node/layers.test.js checks:
// platform reasons records responses requests, mapping-file import-types, error json int-arrays progress source embedded,
// module import-module options, vocabulary config, solver, allocation matcher labels check wire, the import,
// worker-protocol worker-changes worker-client worker-server remote, api spawn, entries.

import { instantiateAsync } from "./module.js";
import { type ModuleSource, compileModule } from "./source.js";

export * from "./api.js";

/**
 * Loads the compiled module. It must be awaited before any other call, except in Node; calling it again is free.
 *
 * @param source the compiled module; defaults to `lotse.wasm` from the folder of this file
 */
export function ready(source?: ModuleSource): Promise<void> {
  return instantiateAsync(() => compileModule(source ?? new URL("./lotse.wasm", import.meta.url)));
}
