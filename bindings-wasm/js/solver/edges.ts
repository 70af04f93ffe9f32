// The edges of a transportation problem: decoded from dense rows or from a sparse form, and ordered by supply and sink.

import { inputError, unknownFieldError } from "../error.js";
import {
  type IntArrayLike,
  MAX_LENGTH,
  MAX_SAFE,
  MAX_U32,
  checkedLength,
  integerError,
  isIntegerIn,
  isListLike,
  lengthError,
} from "../int-arrays.js";
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
 * Edges in compressed form: those of one supply after those of the previous one, each in the order of sinks.
 *
 * @internal
 */
export interface Edges {
  /** The number of edges of each supply. */
  readonly counts: Uint32Array;
  readonly sinks: Uint32Array;
  readonly values: Float64Array;
}

const SPARSE_FIELDS = ["supplies", "sinks", "values", "length"];

/** @internal */
export function decodeEdges(values: unknown, sinkCount: number): Edges {
  if (isListLike(values)) {
    return edgesFromRows(values);
  }
  if (typeof values !== "object" || values === null) {
    throw inputError("problem.type", "values", "expected rows of whole numbers, or a sparse form");
  }
  return edgesFromSparse(values as Record<keyof SparseValues, unknown>, sinkCount);
}

function edgesFromRows(values: ArrayLike<unknown>): Edges {
  const supplyCount = checkedLength(values, "values");
  const rows: { row: ArrayLike<unknown>; length: number; path: string }[] = [];
  let entryCount = 0;
  for (let supply = 0; supply < supplyCount; supply += 1) {
    const [row, path] = [values[supply], `values[${supply}]`];
    if (!isListLike(row)) {
      throw inputError("problem.type", path, "expected a row of whole numbers");
    }
    const length = checkedLength(row, path);
    rows.push({ row, length, path });
    entryCount += length;
  }
  if (entryCount > MAX_LENGTH) {
    throw lengthError("values");
  }
  const counts = new Uint32Array(supplyCount);
  const sinks = new Uint32Array(entryCount);
  const edgeValues = new Float64Array(entryCount);
  let edge = 0;
  rows.forEach(({ row, length, path }, supply) => {
    const start = edge;
    for (let sink = 0; sink < length; sink += 1) {
      const value = row[sink];
      if (value !== null) {
        if (!isIntegerIn(value, -MAX_SAFE, MAX_SAFE)) {
          throw inputError("problem.type", path, "expected a row of whole numbers");
        }
        sinks[edge] = sink;
        edgeValues[edge] = value;
        edge += 1;
      }
    }
    counts[supply] = edge - start;
  });
  // Copies, because a view would send its whole buffer to a worker.
  return edge === entryCount
    ? { counts, sinks, values: edgeValues }
    : { counts, sinks: sinks.slice(0, edge), values: edgeValues.slice(0, edge) };
}

function edgesFromSparse(sparse: Record<keyof SparseValues, unknown>, sinkCount: number): Edges {
  const unknown = Object.keys(sparse).find((name) => !SPARSE_FIELDS.includes(name));
  if (unknown !== undefined) {
    throw unknownFieldError(`values.${unknown}`);
  }
  const length = sparse.length ?? undefined;
  if (length !== undefined && !isIntegerIn(length, 0, MAX_LENGTH)) {
    throw integerError(length, "values.length");
  }
  const supplies = decodeColumn(sparse.supplies, "values.supplies", 0, (length ?? MAX_LENGTH) - 1);
  const sinks = decodeColumn(sparse.sinks, "values.sinks", 0, MAX_U32);
  const values = decodeColumn(sparse.values, "values.values", -MAX_SAFE, MAX_SAFE);
  for (const [name, column] of [
    ["sinks", sinks],
    ["values", values],
  ] as const) {
    if (column.length !== supplies.length) {
      throw inputError("problem.length", `values.${name}`, "one entry for each of the supplies is needed");
    }
  }
  // Least significant key first: the second sort is stable, so each supply's edges stay ordered by sink.
  const bySink = countingSort(identityPermutation(supplies.length), sinks, sinkCount);
  const supplyCount = length ?? maximum(supplies) + 1;
  const order = countingSort(bySink, supplies, supplyCount);
  const counts = new Uint32Array(supplyCount);
  const edges = { counts, sinks: new Uint32Array(order.length), values: new Float64Array(order.length) };
  for (let edge = 0; edge < order.length; edge += 1) {
    const entry = order[edge] as number;
    const supply = supplies[entry] as number;
    counts[supply] = (counts[supply] as number) + 1;
    edges.sinks[edge] = sinks[entry] as number;
    edges.values[edge] = values[entry] as number;
  }
  return edges;
}

function decodeColumn(list: unknown, path: string, min: number, max: number): Float64Array {
  if (!isListLike(list)) {
    throw inputError("problem.type", path, "expected whole numbers");
  }
  const column = new Float64Array(checkedLength(list, path));
  for (let index = 0; index < column.length; index += 1) {
    const entry = list[index];
    if (!isIntegerIn(entry, min, max)) {
      throw integerError(entry, `${path}[${index}]`);
    }
    column[index] = entry;
  }
  return column;
}

function identityPermutation(length: number): Uint32Array {
  const permutation = new Uint32Array(length);
  for (let index = 0; index < length; index += 1) {
    permutation[index] = index;
  }
  return permutation;
}

/** Returns the largest number, or -1 for an empty list. */
function maximum(numbers: Float64Array): number {
  let max = -1;
  for (let index = 0; index < numbers.length; index += 1) {
    max = Math.max(max, numbers[index] as number);
  }
  return max;
}

/**
 * Sorts a permutation by the keys of its entries: a stable counting sort in O(n + keyCount). All keys from `keyCount`
 * on are equal and last: they are sinks that do not exist, which the core rejects.
 */
function countingSort(permutation: Uint32Array, keys: Float64Array, keyCount: number): Uint32Array {
  const next = new Uint32Array(keyCount + 2);
  for (let index = 0; index < keys.length; index += 1) {
    const following = Math.min(keys[index] as number, keyCount) + 1;
    next[following] = (next[following] as number) + 1;
  }
  for (let key = 1; key <= keyCount; key += 1) {
    next[key] = (next[key] as number) + (next[key - 1] as number);
  }
  const sorted = new Uint32Array(permutation.length);
  for (let index = 0; index < permutation.length; index += 1) {
    const entry = permutation[index] as number;
    const key = Math.min(keys[entry] as number, keyCount);
    const target = next[key] as number;
    sorted[target] = entry;
    next[key] = target + 1;
  }
  return sorted;
}
