// The transportation problem, independent of the domain, and its encoding for the core as arrays of numbers.

import { inputError, unknownFieldError } from "../error.js";
import { type IntArrayLike, MAX_SAFE, MAX_U32, checkedLength, decodeIntegers, isListLike } from "../int-arrays.js";
import type { Nullable } from "../records.js";
import { type Edges, type SparseValues, decodeEdges } from "./edges.js";

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
 * A problem in the form of the core; see `solve.rs`.
 *
 * @internal
 */
export type EncodedProblem = readonly [
  capacities: Float64Array,
  supplies: Uint32Array,
  sinks: Uint32Array,
  values: Float64Array,
  kept: Uint32Array,
];

const FIELDS = ["values", "capacities", "classes", "people", "counts", "sizes", "previous", "kept", "fixed"];
const CLASS_COUNT = 4;
const NUMBERS_PER_SUPPLY = 8;
const NO_SINK = MAX_U32;

/** Decodes the rows of the given supply on demand. */
type RowDecoder = (supply: number, maxLength: number) => (number | null)[];

/** @internal */
export function encodeProblem(problem: Problem): EncodedProblem {
  if (typeof problem !== "object" || problem === null) {
    throw inputError("problem.type", "", "expected a problem");
  }
  const unknown = Object.keys(problem).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) {
    throw unknownFieldError(unknown);
  }
  const limits = decodeIntegers(problem.capacities, "capacities", 0, MAX_SAFE);
  const capacities = Float64Array.from(limits, (capacity) => capacity ?? NaN);
  const edges = decodeEdges(problem.values, capacities.length);
  const supplyCount = edges.counts.length;
  const perSupply = (name: keyof Problem, min: number, max: number) =>
    decodePerSupply(problem, name, supplyCount, min, max);

  const classes = perSupply("classes", 0, CLASS_COUNT - 1);
  const counts = perSupply("counts", 0, MAX_U32);
  const sizes = perSupply("sizes", 0, MAX_U32);
  const previous = perSupply("previous", -MAX_SAFE, MAX_SAFE);
  const fixed = perSupply("fixed", 0, NO_SINK - 1);
  const people = rowDecoder(problem.people, "people", supplyCount);
  const keptRows = rowDecoder(problem.kept, "kept", supplyCount);

  const supplies = new Uint32Array(supplyCount * NUMBERS_PER_SUPPLY);
  edges.counts.forEach((edgeCount, supply) => {
    const size = sizes?.[supply] ?? 1;
    const ownClass = classes?.[supply] ?? 0;
    const served = people?.(supply, CLASS_COUNT) ?? [0, 1, 2, 3].map((index) => (index === ownClass ? size : 0));
    const [first, second, third, fourth] = served;
    const count = counts?.[supply] ?? 1;
    const numbers = [edgeCount, count, size, first, second, third, fourth, fixed?.[supply] ?? NO_SINK];
    supplies.set(
      numbers.map((number) => number ?? 0),
      supply * NUMBERS_PER_SUPPLY,
    );
  });
  const kept = previous || keptRows ? encodeKept(edges, previous, keptRows) : new Uint32Array();
  return [capacities, supplies, edges.sinks, edges.values, kept];
}

/** Returns the weight of staying for each edge. */
function encodeKept(
  { counts, sinks }: Edges,
  previous: readonly (number | null)[] | undefined,
  rows: RowDecoder | undefined,
): Uint32Array {
  const kept = new Uint32Array(sinks.length);
  let start = 0;
  counts.forEach((edgeCount, supply) => {
    const end = start + edgeCount;
    const row = rows?.(supply, MAX_U32);
    for (let edge = start; edge < end; edge += 1) {
      const sink = sinks[edge] as number;
      kept[edge] = row?.[sink] ?? (previous?.[supply] === sink ? 1 : 0);
    }
    start = end;
  });
  return kept;
}

/** Decodes an optional list with one entry per supply. */
function decodePerSupply(problem: Problem, name: keyof Problem, supplyCount: number, min: number, max: number) {
  const value = problem[name] ?? undefined;
  if (value === undefined) {
    return undefined;
  }
  const list = decodeIntegers(value, name, min, max);
  if (list.length !== supplyCount) {
    throw inputError("problem.length", name, "one entry for each supply is needed");
  }
  return list;
}

/** Checks the number of rows now; each row is decoded on demand, so that errors are found in the order of supplies. */
function rowDecoder(rows: unknown, name: string, supplyCount: number): RowDecoder | undefined {
  if (rows === undefined || rows === null) {
    return undefined;
  }
  if (!isListLike(rows)) {
    throw inputError("problem.type", name, "expected rows of whole numbers");
  }
  if (checkedLength(rows, name) !== supplyCount) {
    throw inputError("problem.length", name, "one row for each supply is needed");
  }
  return (supply, maxLength) => {
    const path = `${name}[${supply}]`;
    const row = decodeIntegers(rows[supply], path, 0, MAX_U32, path);
    if (row.length > maxLength) {
      throw inputError("problem.length", path, `at most ${maxLength} entries`);
    }
    return row;
  };
}
