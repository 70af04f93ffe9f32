// Looking on while long work is done.

import type { Signal } from "./platform.js";

/** For work that may take long. */
export interface ProgressOptions {
  /**
   * Told how far the work is; `all` is 0 while that is not known. `false` stops it: a `LotseError` with the code
   * `stopped`. So does an exception, which reaches the caller.
   */
  onProgress?: ((done: number, all: number) => void | boolean) | undefined;
}

/** For work that may no longer be wanted. */
export interface AbortOptions {
  /** Rejects the promise at once, with the signal's reason. */
  signal?: Signal | undefined;
}

/**
 * How the core asks: whether to stop.
 *
 * @internal
 */
export type Look = (done: number, all: number) => boolean;

/**
 * Does the work while the callback, if there is one, looks on.
 *
 * @internal
 */
export function watched<T>(onProgress: ProgressOptions["onProgress"], work: (look?: Look) => T): T {
  if (onProgress === undefined || onProgress === null) {
    return work();
  }
  const thrown: unknown[] = [];
  const look = (done: number, all: number) => {
    try {
      return onProgress(done, all) === false;
    } catch (failure) {
      thrown.push(failure); // it must not run through the core, which would never come to its end
      return true;
    }
  };
  let done: T;
  try {
    done = work(look);
  } catch (failure) {
    throw thrown.length > 0 ? thrown[0] : failure;
  }
  if (thrown.length > 0) {
    throw thrown[0]; // at the last look there was nothing left to stop
  }
  return done;
}
