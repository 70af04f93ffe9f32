// Lists of integers, as users have them.

import { inputError } from "./error.js";

/** A list of integers, with `null` for a missing one. */
export type IntArrayLike =
  | readonly (number | null)[]
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

// The length of the longest list, and the maximum number of entries of all its rows. More would exceed the memory of the
// module.
const MAX_LENGTH = 10_000_000;

/** @internal */
export function isListLike(value: unknown): value is ArrayLike<unknown> {
  // A DataView has no length.
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

/**
 * Returns the length if a list of that length fits into the memory of the module.
 *
 * @internal
 */
export function checkedLength(length: number, path: string): number {
  // A proxy may return any value as its length.
  if (Number.isInteger(length) && length >= 0 && length <= MAX_LENGTH) {
    return length;
  }
  throw inputError("problem.range", path, `at most ${MAX_LENGTH}`);
}
