// Policy, vocabulary and day: the configuration of a matcher and of a check.

import { unknownFieldError } from "./error.js";
import { recordsToJson, toJson } from "./json.js";
import type { AdditionsInput, IsoDate, Nullable, OfferInput, PolicyInput } from "./records.js";
import type { Vocabulary } from "./vocabulary.js";

/** The configuration that all records share. Texts are JSON. */
export interface MatcherConfig {
  policy?: Nullable<PolicyInput | string>;
  /** Additions to the built-in tables. */
  vocabulary?: Nullable<AdditionsInput | Vocabulary | string>;
  /** The day on which capacities are judged; defaults to today in the local time zone. */
  asOf?: Nullable<IsoDate>;
}

/** The offers of a matcher and its configuration. */
export interface MatcherOptions extends MatcherConfig {
  /** A list, its JSON text, or one JSON object after another (NDJSON). */
  offers?: Nullable<readonly OfferInput[] | string>;
}

/**
 * A configuration as unparsed JSON texts by their names on the wire; a single text if the input is not an object.
 *
 * @internal
 */
export type ConfigTexts = Readonly<Record<string, string>> | string;

const RECORD_FIELDS = ["offers", "needs"];

/**
 * Returns the fields of a configuration except for `recordFields`, which the caller encodes. Nothing is parsed, because
 * this also runs in threads without the compiled module. Unknown fields are passed on, so that the core rejects them.
 *
 * @internal
 */
export function configTexts(config: MatcherConfig, recordFields: readonly string[]): ConfigTexts {
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    return toJson(config);
  }
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(config)) {
    if (RECORD_FIELDS.includes(name) && !recordFields.includes(name)) {
      throw unknownFieldError(name);
    }
    if (value !== undefined && value !== null && !recordFields.includes(name)) {
      const mayBeText = name === "policy" || name === "vocabulary";
      texts.set(name === "asOf" ? "as_of" : name, mayBeText ? recordsToJson(value) : toJson(value));
    }
  }
  return Object.fromEntries(texts);
}

/**
 * Returns the configuration with another policy.
 *
 * @internal
 */
export function replacePolicy(config: ConfigTexts, policy: string): ConfigTexts {
  return typeof config === "string" ? config : { ...config, policy };
}

/**
 * Joins the texts into one JSON object. They are copied, not parsed, so that the core finds every error in them.
 *
 * @param rejectInvalidJson throws the error of a text that is not one JSON value
 * @internal
 */
export function joinConfig(texts: ConfigTexts, rejectInvalidJson: (text: string) => void): string {
  if (typeof texts === "string") {
    return texts;
  }
  const fields = Object.entries(texts).map(([name, text]) => {
    // INVARIANT: each text is one JSON value; otherwise it would change the meaning of the object around it.
    try {
      JSON.parse(text);
    } catch (error) {
      rejectInvalidJson(text);
      throw error;
    }
    return `${JSON.stringify(name)}:${text}`;
  });
  return `{${fields.join()}}`;
}

/**
 * Returns today's date in the local time zone, such as `2026-11-23`.
 *
 * @internal
 */
export function today(): IsoDate {
  const now = new Date();
  const digits = (value: number, length: number) => String(value).padStart(length, "0");
  return `${digits(now.getFullYear(), 4)}-${digits(now.getMonth() + 1, 2)}-${digits(now.getDate(), 2)}`;
}
