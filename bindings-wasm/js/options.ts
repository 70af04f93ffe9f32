// The options of methods, and how they are called on the wire.

import { unknownField } from "./error.js";
import type { FixedReferral, Lang, MoveMode, Pair } from "./records.js";
import { json } from "./json.js";

/** The language of sentences and names. */
export interface LangOptions {
  /** English if left out. */
  lang?: Lang | undefined;
}

/** How offers are ranked. */
export interface RankOptions extends LangOptions {
  /** Most matches for each need; 5 if left out. */
  top?: number | undefined;
  /** Whether reasons are told; true if left out. */
  reasons?: boolean | undefined;
}

/** How a need is diagnosed. */
export interface DiagnoseOptions extends LangOptions {
  /** How many of the nearest excluded offers, 0 to 1000; 3 if left out. */
  nearMisses?: number | undefined;
}

/** How places are given. */
export interface AllocateOptions extends LangOptions {
  /** Referrals that people agreed on. */
  fixed?: readonly FixedReferral[] | undefined;
  /** Referrals of an earlier plan. */
  previous?: readonly Pair[] | undefined;
  /** What may be done with the earlier ones; `few` if left out. */
  moves?: MoveMode | undefined;
  /** Least score of a referral, 0 to 1. */
  minScore?: number | undefined;
  /** Whether an offer may serve the neighbouring Kreis; true if left out. */
  neighbourServes?: boolean | undefined;
}

const ON_THE_WIRE = new Map([
  ["nearMisses", "near_misses"],
  ["minScore", "min_score"],
  ["neighbourServes", "neighbour_serves"],
]);

const NOT_ON_THE_WIRE = ["onProgress", "signal"];

// What a request has beside its options; the matcher has its own. What the method itself sets is none either.
const NOT_AN_OPTION = ["offers", "needs", "policy", "vocabulary", "as_of"];

/**
 * What explains one pair names no others.
 *
 * @internal
 */
export const ONE_PAIR = { pairs: undefined };

/**
 * Options as the core reads them. It refuses names that it does not know, so that a misspelt one is not lost.
 *
 * @internal
 */
export function optionsText(options: object | undefined, more: object = {}): string {
  const given = options ?? {};
  if (typeof given !== "object" || Array.isArray(given)) {
    return json(given);
  }
  const fault = Object.keys(given).find((name) => NOT_AN_OPTION.includes(name) || Object.hasOwn(more, name));
  if (fault !== undefined) {
    throw unknownField(fault);
  }
  const fields = Object.entries(given)
    .filter(([name]) => !NOT_ON_THE_WIRE.includes(name))
    .map(([name, value]): [string, unknown] => [ON_THE_WIRE.get(name) ?? name, value]);
  return json({ ...Object.fromEntries(fields), ...more });
}
