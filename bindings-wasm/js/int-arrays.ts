// Lists of whole numbers. Each entry is read once, so that an object that tells something else each time does no harm.

import { type LotseError, refused } from "./error.js";

/** A list of whole numbers, with `null` where there is none. */
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
 * The longest list, and the most ways of a problem. More would not find room in the memory of the module.
 *
 * @internal
 */
export const MOST = 10_000_000;

/**
 * What is written to the core as 32 bits.
 *
 * @internal
 */
export const U32 = 2 ** 32 - 1;

/** @internal */
export const SAFE = Number.MAX_SAFE_INTEGER;

/** @internal */
export function isList(given: unknown): given is ArrayLike<unknown> {
  // A DataView has no length.
  return Array.isArray(given) || (ArrayBuffer.isView(given) && "length" in given);
}

/** @internal */
export function lengthOf(list: ArrayLike<unknown>, path: string): number {
  const length: unknown = list.length;
  if (fits(length, 0, MOST)) {
    return length;
  }
  throw tooMany(path);
}

/** @internal */
export function tooMany(path: string): LotseError {
  return refused("problem.range", path, `at most ${MOST}`);
}

/**
 * A list whose numbers are from `low` to `high`; `outside` is the place that is told of one that is not.
 *
 * @internal
 */
export function wholes(given: unknown, path: string, low: number, high: number, outside?: string): (number | null)[] {
  if (!isList(given)) {
    throw refused("problem.type", path, "expected whole numbers");
  }
  const length = lengthOf(given, path);
  const read: (number | null)[] = [];
  for (let index = 0; index < length; index += 1) {
    const one = given[index];
    if (one === null || fits(one, low, high)) {
      read.push(one);
    } else {
      throw unfit(one, `${path}[${index}]`, outside);
    }
  }
  return read;
}

/** @internal */
export function fits(given: unknown, low: number, high: number): given is number {
  return Number.isSafeInteger(given) && (given as number) >= low && (given as number) <= high;
}

/**
 * What is wrong with what does not fit; `outside` is the place of a number that is out of range.
 *
 * @internal
 */
export function unfit(given: unknown, path: string, outside = path): LotseError {
  return Number.isSafeInteger(given)
    ? refused("problem.range", outside, "out of range")
    : refused("problem.type", path, "expected whole numbers");
}
