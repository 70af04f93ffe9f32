import { type MatcherConfig, configTexts, joinConfig, today } from "./config.js";
import { optionalRecordsToJson } from "./json.js";
import { callWasm, rejectInvalidJson } from "./module.js";
import type { Nullable } from "./records.js";
import type { CheckReport } from "./responses.js";

/** The input of a check. Records may be of any form, because the check is to find their errors. */
export interface CheckInput extends MatcherConfig {
  /** A list, its JSON text, or one JSON object after another (NDJSON). */
  offers?: Nullable<readonly unknown[] | string>;
  /** A list, its JSON text, or one JSON object after another (NDJSON). */
  needs?: Nullable<readonly unknown[] | string>;
}

/**
 * Checks records and returns all errors and warnings as data. Throws a {@link LotseError} only if a text is not JSON.
 *
 * @example
 * check({ needs: [{ id: "n-1", age: "thirty" }] }).errors[0]; // code "need.type", path "needs[0].age"
 */
export function check(input: CheckInput): CheckReport {
  const [offers, needs] = [optionalRecordsToJson(input.offers), optionalRecordsToJson(input.needs)];
  const config = joinConfig(configTexts(input, ["offers", "needs"]), rejectInvalidJson);
  return JSON.parse(callWasm((wasm) => wasm.check(offers, needs, config, today()))) as CheckReport;
}
