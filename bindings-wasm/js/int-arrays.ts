// Decodes lists of integers. Each entry is read once, because a proxy may return another value the next time.

import { type LotseError, inputError } from "./error.js";

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

/**
 * The length of the longest list, and the maximum number of edges. More would exceed the memory of the module.
 *
 * @internal
 */
export const MAX_LENGTH = 10_000_000;

/**
 * The largest value of the 32-bit fields of an encoded problem.
 *
 * @internal
 */
export const MAX_U32 = 2 ** 32 - 1;

/** @internal */
export const MAX_SAFE = Number.MAX_SAFE_INTEGER;

/** @internal */
export function isListLike(value: unknown): value is ArrayLike<unknown> {
  // A DataView has no length.
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

/** @internal */
export function checkedLength(list: ArrayLike<unknown>, path: string): number {
  const length: unknown = list.length;
  if (isIntegerIn(length, 0, MAX_LENGTH)) {
    return length;
  }
  throw lengthError(path);
}

/** @internal */
export function lengthError(path: string): LotseError {
  return inputError("problem.range", path, `at most ${MAX_LENGTH}`);
}

/**
 * Decodes a list of integers from `min` to `max`.
 *
 * @param rangePath the path of an error about the range; defaults to that of the entry
 * @internal
 */
export function decodeIntegers(
  list: unknown,
  path: string,
  min: number,
  max: number,
  rangePath?: string,
): (number | null)[] {
  if (!isListLike(list)) {
    throw inputError("problem.type", path, "expected whole numbers");
  }
  const length = checkedLength(list, path);
  const integers: (number | null)[] = [];
  for (let index = 0; index < length; index += 1) {
    const entry = list[index];
    if (entry === null || isIntegerIn(entry, min, max)) {
      integers.push(entry);
    } else {
      throw integerError(entry, `${path}[${index}]`, rangePath);
    }
  }
  return integers;
}

/** @internal */
export function isIntegerIn(value: unknown, min: number, max: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
}

/**
 * Creates the error for a value that is not an integer, or that is out of range.
 *
 * @internal
 */
export function integerError(value: unknown, path: string, rangePath = path): LotseError {
  return Number.isSafeInteger(value)
    ? inputError("problem.range", rangePath, "out of range")
    : inputError("problem.type", path, "expected whole numbers");
}
