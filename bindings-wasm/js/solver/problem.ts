// The transportation problem, independent of the domain, and its encoding for the core, which decodes it.

import { type IntArrayLike, checkedLength, isListLike } from "../int-arrays.js";
import { toJson } from "../json.js";
import type { Nullable } from "../records.js";

/**
 * Values in coordinate form, in any order: a supply has an edge only to the sinks listed with it. Equally long lists.
 */
export interface SparseValues {
  /** The index of the supply of each edge. */
  supplies: IntArrayLike;
  /** The index of the sink of each edge. */
  sinks: IntArrayLike;
  /** The value of one unit on each edge. */
  values: IntArrayLike;
  /** The number of supplies; defaults to the largest index in `supplies` plus one. */
  length?: Nullable<number>;
}

/**
 * A transportation problem: supplies, the capacities of the sinks that they compete for, and the value of each edge.
 * Numbers are integers up to `Number.MAX_SAFE_INTEGER`. Lists may be typed arrays; all but `capacities` have one entry
 * per supply.
 */
export interface Problem {
  /** The value of one unit of each supply at each sink: rows with `null` for a missing edge, or a sparse form. */
  values: readonly IntArrayLike[] | SparseValues;
  /** The number of places of each sink, at most 10¹²; `null` if unlimited. */
  capacities: IntArrayLike;
  /** The class of each supply, from 0 (served first) to 3; defaults to 0. Served people take precedence over value. */
  classes?: Nullable<IntArrayLike>;
  /**
   * The number of people of each class that one unit serves, as rows of four; replaces `classes`. With `classes`, a
   * unit serves as many people as it takes places.
   */
  people?: Nullable<readonly IntArrayLike[]>;
  /** The number of units of each supply; defaults to 1. */
  counts?: Nullable<IntArrayLike>;
  /** The number of places that one unit takes, all at one sink; defaults to 1. */
  sizes?: Nullable<IntArrayLike>;
  /** The previous sink of each supply, or `null`. Staying takes precedence over value, but not over people. */
  previous?: Nullable<IntArrayLike>;
  /** The weight of staying at each sink, as rows with an entry per sink; `null` falls back to `previous`. */
  kept?: Nullable<readonly IntArrayLike[]>;
  /** The sink that all units of a supply are assigned to, or `null`. */
  fixed?: Nullable<IntArrayLike>;
}

/**
 * The lists of a problem as arrays of numbers, which no message to a worker copies number by number; see `solve.rs`.
 *
 * @internal
 */
export type EncodedProblem = readonly [names: string, shapes: Uint32Array, numbers: Float64Array];

// Shapes that are no length.
const SINGLE = 2 ** 32 - 1;
const ROWS = 2 ** 32 - 2;

/**
 * Encodes the lists of a problem. Whatever is not a number becomes one that the core rejects.
 *
 * @internal
 */
export function encodeProblem(problem: Problem): EncodedProblem {
  const names: string[] = [];
  const shapes: number[] = [];
  const lists: { readonly list: ArrayLike<unknown>; readonly length: number }[] = [];
  const addSingle = (value: unknown) => {
    shapes.push(SINGLE);
    lists.push({ list: [value], length: 1 });
  };
  const addList = (list: ArrayLike<unknown>, length: number) => {
    shapes.push(length);
    lists.push({ list, length });
  };
  for (const [name, value] of namedLists(problem)) {
    names.push(name);
    if (!isListLike(value)) {
      addSingle(value);
      continue;
    }
    // A proxy may change meanwhile, but each length is read once, and any entry can be encoded.
    const length = checkedLength(value.length, name);
    if (!hasRow(value, length)) {
      addList(value, length);
      continue;
    }
    shapes.push(ROWS, length);
    let total = 0;
    for (let index = 0; index < length; index += 1) {
      const item = value[index];
      if (isListLike(item)) {
        const rowLength = checkedLength(item.length, `${name}[${index}]`);
        total = checkedLength(total + rowLength, name);
        addList(item, rowLength);
      } else {
        addSingle(item);
      }
    }
  }
  const numbers = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const { list, length } of lists) {
    for (let index = 0; index < length; index += 1) {
      numbers[position] = encodeEntry(list[index]);
      position += 1;
    }
  }
  return [toJson(names), Uint32Array.from(shapes), numbers];
}

/** Returns the lists that are present. Those of the sparse form have names such as `values.sinks`. */
function namedLists(problem: unknown): [name: string, value: unknown][] {
  return presentFields(problem).flatMap(([name, value]): [string, unknown][] => {
    const sparse = name === "values" && !isListLike(value) ? presentFields(value) : [];
    return sparse.length === 0 ? [[name, value]] : sparse.map(([field, list]) => [`${name}.${field}`, list]);
  });
}

function presentFields(value: unknown): [name: string, value: unknown][] {
  const fields = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return fields.filter(([, field]) => field !== undefined && field !== null);
}

function hasRow(list: ArrayLike<unknown>, length: number): boolean {
  for (let index = 0; index < length; index += 1) {
    if (isListLike(list[index])) {
      return true;
    }
  }
  return false;
}

function encodeEntry(entry: unknown): number {
  if (entry === null) {
    return NaN;
  }
  return typeof entry !== "number" || Number.isNaN(entry) ? Infinity : entry;
}
