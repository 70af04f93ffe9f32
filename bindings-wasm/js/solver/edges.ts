// Where supplies can go, and what each way is worth.

import { refused, unknownField } from "../error.js";
import { MOST, type IntArrayLike, SAFE, U32, fits, isList, lengthOf, tooMany, unfit } from "../int-arrays.js";
import type { Nullable } from "../records.js";

/** Values one by one, in any order: a supply can only go to sinks with which it has an entry. The lists are equally long. */
export interface SparseValues {
  /** Positions of supplies. */
  supplies: IntArrayLike;
  /** Positions of sinks. */
  sinks: IntArrayLike;
  /** What a unit of the supply is worth at the sink. */
  values: IntArrayLike;
  /** How many supplies there are; as many as the entries name if left out. */
  length?: Nullable<number>;
}

/**
 * The ways of all supplies, one supply after another, each in the order of sinks.
 *
 * @internal
 */
export interface Ways {
  /** How many each supply has. */
  readonly counts: Uint32Array;
  readonly sinks: Uint32Array;
  readonly values: Float64Array;
}

const NAMES = ["supplies", "sinks", "values", "length"];

/** @internal */
export function waysOf(given: unknown, sinkCount: number): Ways {
  if (isList(given)) {
    return ofRows(given);
  }
  if (typeof given !== "object" || given === null) {
    throw refused("problem.type", "values", "expected rows of whole numbers, or entries");
  }
  return ofEntries(given as Record<keyof SparseValues, unknown>, sinkCount);
}

function ofRows(given: ArrayLike<unknown>): Ways {
  const count = lengthOf(given, "values");
  const rows: { row: ArrayLike<unknown>; length: number; path: string }[] = [];
  let all = 0;
  for (let supply = 0; supply < count; supply += 1) {
    const [row, path] = [given[supply], `values[${supply}]`];
    if (!isList(row)) {
      throw refused("problem.type", path, "expected a row of whole numbers");
    }
    const length = lengthOf(row, path);
    rows.push({ row, length, path });
    all += length;
  }
  if (all > MOST) {
    throw tooMany("values");
  }
  const counts = new Uint32Array(count);
  const sinks = new Uint32Array(all);
  const values = new Float64Array(all);
  let ways = 0;
  rows.forEach(({ row, length, path }, supply) => {
    const before = ways;
    for (let sink = 0; sink < length; sink += 1) {
      const value = row[sink];
      if (value !== null) {
        if (!fits(value, -SAFE, SAFE)) {
          throw refused("problem.type", path, "expected a row of whole numbers");
        }
        sinks[ways] = sink;
        values[ways] = value;
        ways += 1;
      }
    }
    counts[supply] = ways - before;
  });
  // A copy, so that a worker is not sent what stands behind.
  return ways === all ? { counts, sinks, values } : { counts, sinks: sinks.slice(0, ways), values: values.slice(0, ways) };
}

function ofEntries(entries: Record<keyof SparseValues, unknown>, sinkCount: number): Ways {
  const fault = Object.keys(entries).find((name) => !NAMES.includes(name));
  if (fault !== undefined) {
    throw unknownField(`values.${fault}`);
  }
  const stated = entries.length ?? undefined;
  if (stated !== undefined && !fits(stated, 0, MOST)) {
    throw unfit(stated, "values.length");
  }
  const supplies = column(entries.supplies, "values.supplies", 0, (stated ?? MOST) - 1);
  const sinks = column(entries.sinks, "values.sinks", 0, U32);
  const values = column(entries.values, "values.values", -SAFE, SAFE);
  for (const [name, list] of [["sinks", sinks], ["values", values]] as const) {
    if (list.length !== supplies.length) {
      throw refused("problem.length", `values.${name}`, "one entry for each of the supplies is needed");
    }
  }
  const bySink = sorted(upTo(supplies.length), sinks, sinkCount);
  const count = stated ?? largest(supplies) + 1;
  const order = sorted(bySink, supplies, count);
  const counts = new Uint32Array(count);
  const ways = { counts, sinks: new Uint32Array(order.length), values: new Float64Array(order.length) };
  for (let way = 0; way < order.length; way += 1) {
    const entry = order[way] as number;
    const supply = supplies[entry] as number;
    counts[supply] = (counts[supply] as number) + 1;
    ways.sinks[way] = sinks[entry] as number;
    ways.values[way] = values[entry] as number;
  }
  return ways;
}

function column(given: unknown, path: string, low: number, high: number): Float64Array {
  if (!isList(given)) {
    throw refused("problem.type", path, "expected whole numbers");
  }
  const numbers = new Float64Array(lengthOf(given, path));
  for (let index = 0; index < numbers.length; index += 1) {
    const one = given[index];
    if (!fits(one, low, high)) {
      throw unfit(one, `${path}[${index}]`);
    }
    numbers[index] = one;
  }
  return numbers;
}

function upTo(length: number): Uint32Array {
  const positions = new Uint32Array(length);
  for (let position = 0; position < length; position += 1) {
    positions[position] = position;
  }
  return positions;
}

function largest(numbers: Float64Array): number {
  let most = -1;
  for (let index = 0; index < numbers.length; index += 1) {
    most = Math.max(most, numbers[index] as number);
  }
  return most;
}

/**
 * Positions in the order of their keys; those of one key stay as they are. Keys from `end` on stand last: they are sinks
 * that are not there, which the core refuses.
 */
function sorted(positions: Uint32Array, keys: Float64Array, end: number): Uint32Array {
  const next = new Uint32Array(end + 2);
  for (let index = 0; index < keys.length; index += 1) {
    const after = Math.min(keys[index] as number, end) + 1;
    next[after] = (next[after] as number) + 1;
  }
  for (let key = 1; key <= end; key += 1) {
    next[key] = (next[key] as number) + (next[key - 1] as number);
  }
  const order = new Uint32Array(positions.length);
  for (let index = 0; index < positions.length; index += 1) {
    const position = positions[index] as number;
    const key = Math.min(keys[position] as number, end);
    const place = next[key] as number;
    order[place] = position;
    next[key] = place + 1;
  }
  return order;
}
