// The allocation problem without the field, and how it crosses to the core: as arrays of numbers.

import { refused, unknownField } from "../error.js";
import { type IntArrayLike, SAFE, U32, isList, lengthOf, wholes } from "../int-arrays.js";
import type { Nullable } from "../records.js";
import { type SparseValues, waysOf } from "./edges.js";

/**
 * Supplies, the places of sinks that they compete for, and what each pairing is worth. Numbers are whole, up to
 * `Number.MAX_SAFE_INTEGER`. Lists may be typed arrays; all but `places` have one entry for each supply.
 */
export interface Problem {
  /** What a unit of each supply is worth at each sink: rows with `null` where it cannot go, or entries one by one. */
  values: readonly IntArrayLike[] | SparseValues;
  /** How many places each sink has, at most 10¹²; `null` where there is no limit. */
  places: IntArrayLike;
  /** The class of each supply, 0 (served first) to 3; 0 if left out. Served people count before value. */
  classes?: Nullable<IntArrayLike>;
  /**
   * Instead of classes, how many people of each class one unit serves, as rows of four. A unit of a class serves as many
   * people as it takes places.
   */
  people?: Nullable<readonly IntArrayLike[]>;
  /** How many units each supply has; 1 if left out. */
  counts?: Nullable<IntArrayLike>;
  /** How many places one unit takes, all at one sink; 1 if left out. */
  sizes?: Nullable<IntArrayLike>;
  /** The sink where each supply was before, or `null`. Staying counts after people and before value. */
  previous?: Nullable<IntArrayLike>;
  /** In full, how much staying at each sink counts: rows with an entry for each sink, `null` where `previous` tells it. */
  kept?: Nullable<readonly IntArrayLike[]>;
  /** The sink that all units of a supply must go to, or `null`. */
  fixed?: Nullable<IntArrayLike>;
}

/**
 * A problem as the core takes it: see `solve.rs`.
 *
 * @internal
 */
export type Packed = readonly [
  places: Float64Array,
  supplies: Uint32Array,
  sinks: Uint32Array,
  values: Float64Array,
  kept: Uint32Array,
];

const NAMES = ["values", "places", "classes", "people", "counts", "sizes", "previous", "kept", "fixed"];
const CLASSES = 4;
const NUMBERS = 8;
const NOWHERE = U32;

/** @internal */
export function packed(problem: Problem): Packed {
  if (typeof problem !== "object" || problem === null) {
    throw refused("problem.type", "", "expected a problem");
  }
  const fault = Object.keys(problem).find((name) => !NAMES.includes(name));
  if (fault !== undefined) {
    throw unknownField(fault);
  }
  const places = Float64Array.from(wholes(problem.places, "places", 0, SAFE), (places) => places ?? NaN);
  const { counts: ways, sinks, values } = waysOf(problem.values, places.length);
  const ofEach = (name: keyof Problem, low: number, high: number) => {
    const given = problem[name] ?? undefined;
    if (given === undefined) {
      return undefined;
    }
    const list = wholes(given, name, low, high);
    if (list.length !== ways.length) {
      throw refused("problem.length", name, "one entry for each supply is needed");
    }
    return list;
  };
  const classes = ofEach("classes", 0, CLASSES - 1);
  const counts = ofEach("counts", 0, U32);
  const sizes = ofEach("sizes", 0, U32);
  const previous = ofEach("previous", -SAFE, SAFE);
  const fixed = ofEach("fixed", 0, NOWHERE - 1);
  const people = rowsOf(problem.people, "people", ways.length);
  const keptRows = rowsOf(problem.kept, "kept", ways.length);

  const supplies = new Uint32Array(ways.length * NUMBERS);
  ways.forEach((edges, supply) => {
    const size = sizes?.[supply] ?? 1;
    const ofClass = classes?.[supply] ?? 0;
    const served = people?.(supply, CLASSES) ?? [0, 1, 2, 3].map((one) => (one === ofClass ? size : 0));
    const [first, second, third, fourth] = served;
    const numbers = [edges, counts?.[supply] ?? 1, size, first, second, third, fourth, fixed?.[supply] ?? NOWHERE];
    supplies.set(numbers.map((number) => number ?? 0), supply * NUMBERS);
  });

  const kept = new Uint32Array(previous || keptRows ? sinks.length : 0);
  let start = 0;
  ways.forEach((edges, supply) => {
    const end = start + edges;
    const row = keptRows?.(supply, U32);
    for (let edge = start; edge < end && kept.length > 0; edge += 1) {
      const sink = sinks[edge] as number;
      kept[edge] = row?.[sink] ?? (previous?.[supply] === sink ? 1 : 0);
    }
    start = end;
  });
  return [places, supplies, sinks, values, kept];
}

/** Reads the row of a supply, when that is its turn. */
function rowsOf(given: unknown, name: string, count: number) {
  if (given === undefined || given === null) {
    return undefined;
  }
  if (!isList(given)) {
    throw refused("problem.type", name, "expected rows of whole numbers");
  }
  if (lengthOf(given, name) !== count) {
    throw refused("problem.length", name, "one row for each supply is needed");
  }
  return (supply: number, most: number) => {
    const path = `${name}[${supply}]`;
    const row = wholes(given[supply], path, 0, U32, path);
    if (row.length > most) {
      throw refused("problem.length", path, `at most ${most} entries`);
    }
    return row;
  };
}
