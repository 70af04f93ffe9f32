// Progress callbacks, and the signals that abort long work.

import type { Signal } from "./platform.js";

/** Options of long work. */
export interface ProgressOptions {
  /**
   * Called with the progress so far; `total` is 0 while it is unknown. Returning `false` cancels the work with a
   * `LotseError` of the code `cancelled`. An exception also cancels it, and is thrown to the caller.
   */
  onProgress?: ((done: number, total: number) => void | boolean) | undefined;
}

/** Options of work that can be aborted. */
export interface AbortOptions {
  /** Rejects the promise at once, with the signal's reason. */
  signal?: Signal | undefined;
}

/**
 * The progress callback of the core; `true` cancels the work.
 *
 * @internal
 */
export type WasmProgressFn = (done: number, total: number) => boolean;

/**
 * Runs work with the callback, if there is one.
 *
 * @internal
 */
export function withProgress<T>(onProgress: ProgressOptions["onProgress"], work: (progress?: WasmProgressFn) => T): T {
  if (onProgress === undefined || onProgress === null) {
    return work();
  }
  const thrown: unknown[] = [];
  const progress = (done: number, total: number) => {
    try {
      return onProgress(done, total) === false;
    } catch (error) {
      thrown.push(error); // an exception must not unwind the core, which could not clean up
      return true;
    }
  };
  let result: T;
  try {
    result = work(progress);
  } catch (error) {
    throw thrown.length > 0 ? thrown[0] : error;
  }
  if (thrown.length > 0) {
    throw thrown[0]; // thrown by the last call, after which there was no work left to cancel
  }
  return result;
}
