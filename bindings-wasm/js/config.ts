// What a matcher is made of, and what a check looks at.

import { unknownField } from "./error.js";
import type { VocabularyAdditions, IsoDate, Nullable, Offer, Policy } from "./records.js";
import { json, text } from "./json.js";
import type { Vocabulary } from "./vocabulary.js";

/** What surrounds the records. Texts are JSON. */
export interface MatcherConfig {
  policy?: Nullable<Policy | string>;
  /** Additions to the built-in tables. */
  vocabulary?: Nullable<VocabularyAdditions | Vocabulary | string>;
  /** The day on which capacities are judged; today, where the caller is, if left out. */
  asOf?: Nullable<IsoDate>;
}

/** What a matcher is made of. */
export interface MatcherOptions extends MatcherConfig {
  /** A list, or its JSON text, or one JSON object after another (NDJSON). */
  offers?: Nullable<readonly Offer[] | string>;
}

/**
 * What surrounds the records: by names of the wire format JSON texts that nobody has read yet; or one text, of what is
 * no object at all.
 *
 * @internal
 */
export type SurroundingTexts = Readonly<Record<string, string>> | string;

const RECORDS = ["offers", "needs"];

/**
 * `records` are those beside it. Nothing is read here: this runs where the core may not be. Names that the core does not
 * know are for it to refuse, so that a misspelt one is not lost.
 *
 * @internal
 */
export function surroundingTexts(setup: MatcherConfig, records: readonly string[]): SurroundingTexts {
  if (typeof setup !== "object" || setup === null || Array.isArray(setup)) {
    return json(setup);
  }
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(setup)) {
    if (RECORDS.includes(name) && !records.includes(name)) {
      throw unknownField(name);
    }
    if (value !== undefined && value !== null && !records.includes(name)) {
      const isText = name === "policy" || name === "vocabulary";
      texts.set(name === "asOf" ? "as_of" : name, isText ? text(value) : json(value));
    }
  }
  return Object.fromEntries(texts);
}
