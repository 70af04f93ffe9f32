// The compiled module of the import: one instance for each program, loaded on first use.

import { export_records, import_files, initSync, reveal, sketch } from "../pkg/lotse-import.js";
import { type ErrorData, LotseError } from "./error.js";

/** The functions of the compiled module, without its default loader; see `module.ts`. */
const wasm = { export: export_records, import: import_files, reveal, sketch };

let isRunning = false;
let pending: Promise<void> | undefined;
let defaultLoader: (() => Promise<WebAssembly.Module>) | undefined;

/** Sets the loader for the first use. The first one counts. */
export function setImportLoader(load: () => Promise<WebAssembly.Module>): void {
  defaultLoader ??= load;
}

/** Loads and instantiates the module once; after a failure it may be called again. */
export function instantiateImport(load = defaultLoader): Promise<void> {
  if (isRunning) {
    return Promise.resolve();
  }
  if (load === undefined) {
    return Promise.reject(new Error("the import of lotse has no loader"));
  }
  pending ??= load()
    .then((module) => {
      initSync({ module });
      isRunning = true;
    })
    .finally(() => {
      pending = undefined;
    });
  return pending;
}

/** Calls the compiled module, which must be loaded. An error that it throws as text becomes a {@link LotseError}. */
export function callImportWasm<T>(work: (module: typeof wasm) => T): T {
  try {
    return work(wasm);
  } catch (error) {
    throw typeof error === "string" ? LotseError.fromData(JSON.parse(error) as ErrorData) : error;
  }
}
