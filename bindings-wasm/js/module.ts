// The compiled module: one instance for each program, shared by all entries of this package.

import {
  RawMatcher,
  type RawAllocation,
  RawVocabulary,
  call,
  check,
  criterion_label,
  diff_plans,
  initSync,
  solve,
  version,
} from "../pkg/lotse.js";
import { type ErrorData, LotseError } from "./error.js";

export { RawMatcher };
export type { RawAllocation, RawVocabulary };

/**
 * The functions of the compiled module, without its default loader: that names `lotse_bg.wasm` by its address, and
 * bundlers would copy the file.
 */
export const wasm = { RawMatcher, RawVocabulary, call, check, criterion_label, diff_plans, solve, version };

let isRunning = false;
let pending: Promise<void> | undefined;
let defaultLoader: (() => WebAssembly.Module) | undefined;

/** Sets the loader for the first use, for entries that can load the module synchronously. The first one counts. */
export function setDefaultLoader(load: () => WebAssembly.Module): void {
  defaultLoader ??= load;
}

/** Instantiates the module, unless it runs already. */
export function instantiate(load: () => WebAssembly.Module): void {
  if (!isRunning) {
    initSync({ module: load() });
    isRunning = true;
  }
}

/** Loads and instantiates the module once; after a failure it may be called again. */
export function instantiateAsync(load: () => Promise<WebAssembly.Module>): Promise<void> {
  if (isRunning) {
    return Promise.resolve();
  }
  pending ??= load()
    .then((module) => instantiate(() => module))
    .finally(() => {
      pending = undefined;
    });
  return pending;
}

/** Calls the compiled module. An error that it throws as text becomes a {@link LotseError}. */
export function callWasm<T>(work: (module: typeof wasm) => T): T {
  if (!isRunning) {
    if (defaultLoader === undefined) {
      throw new Error("lotse is not loaded: call `await ready()` first");
    }
    instantiate(defaultLoader);
  }
  try {
    return work(wasm);
  } catch (error) {
    throw typeof error === "string" ? LotseError.fromData(JSON.parse(error) as ErrorData) : error;
  }
}

/** Throws the core's error, with line and column, if the text is not JSON. */
export function rejectInvalidJson(text: string): void {
  callWasm(({ call }) => call("rank", text));
}
