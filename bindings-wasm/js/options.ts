// The options of methods, and their encoding as fields of a request.

import { unknownFieldError } from "./error.js";
import { jsonValue, toJson } from "./json.js";
import type { Lang, MoveMode } from "./records.js";
import type { PlanInput } from "./requests.js";

/** Options with a display language. */
export interface LangOptions {
  /** The display language of sentences and names; defaults to English. */
  lang?: Lang | undefined;
}

/** The options of a ranking. */
export interface RankOptions extends LangOptions {
  /** The maximum number of matches per need; defaults to 5. */
  top?: number | undefined;
  /** Includes the reasons of matches; defaults to `true`. */
  reasons?: boolean | undefined;
}

/** The options of a diagnosis. */
export interface DiagnoseOptions extends LangOptions {
  /** The number of near misses, 0 to 1000; defaults to 3. */
  nearMisses?: number | undefined;
}

/** The options of an allocation. */
export interface AllocateOptions extends LangOptions {
  /** Referrals that people agreed on. */
  fixed?: PlanInput | undefined;
  /** Referrals of an earlier plan. */
  previous?: PlanInput | undefined;
  /** The deviation from `previous` that is allowed; defaults to `few`. */
  moves?: MoveMode | undefined;
  /** The minimum score of a referral, 0 to 1; defaults to 0. */
  minScore?: number | undefined;
  /** Allows offers to serve the neighbouring Kreis; defaults to `true`. */
  neighbourServes?: boolean | undefined;
}

const WIRE_NAMES = new Map([
  ["nearMisses", "near_misses"],
  ["minScore", "min_score"],
  ["neighbourServes", "neighbour_serves"],
]);

const LOCAL_OPTIONS = ["onProgress", "signal"];

// Fields of a request that are not options of a method: the matcher has its own.
const MATCHER_FIELDS = ["offers", "needs", "policy", "vocabulary", "as_of"];

/**
 * The extra fields of a request for a single pair: `pairs` is rejected.
 *
 * @internal
 */
export const WITHOUT_PAIRS = { pairs: undefined };

/**
 * Encodes options as fields of a request. The core rejects unknown names, so a misspelt option is not lost.
 *
 * @param extra further fields, which must not occur in `options`
 * @internal
 */
export function optionsToJson(options: object | undefined, extra: object = {}): string {
  const input = options ?? {};
  if (typeof input !== "object" || Array.isArray(input)) {
    return toJson(input);
  }
  const unknown = Object.keys(input).find((name) => MATCHER_FIELDS.includes(name) || Object.hasOwn(extra, name));
  if (unknown !== undefined) {
    throw unknownFieldError(unknown);
  }
  const fields = Object.entries(input)
    .filter(([name]) => !LOCAL_OPTIONS.includes(name))
    // An allocation becomes its response here, so that it is not copied field by field.
    .map(([name, value]): [string, unknown] => [WIRE_NAMES.get(name) ?? name, jsonValue(value)]);
  return toJson({ ...Object.fromEntries(fields), ...extra });
}
