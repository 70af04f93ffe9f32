import type { CheckReport } from "./responses.js";
import { ask } from "./module.js";
import type { Nullable } from "./records.js";
import { type MatcherConfig, surroundingTexts } from "./config.js";
import { together } from "./surroundings.js";
import { today } from "./today.js";
import { maybeText } from "./json.js";

/** What a check looks at. The records may be anything: whether they are right is the question. */
export interface CheckInput extends MatcherConfig {
  /** A list, or its JSON text, or one JSON object after another (NDJSON). */
  offers?: Nullable<readonly unknown[] | string>;
  /** The same. */
  needs?: Nullable<readonly unknown[] | string>;
}

/** Checks records without ranking: all errors and warnings at once, as data. Only a text that is no JSON is thrown. */
export function check(records: CheckInput): CheckReport {
  const [offers, needs] = [maybeText(records.offers), maybeText(records.needs)];
  const surroundings = together(surroundingTexts(records, ["offers", "needs"]));
  const found = ask((core) => core.check(offers, needs, surroundings, today()));
  return JSON.parse(found) as CheckReport;
}
