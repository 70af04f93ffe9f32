import { recordsToJson } from "./json.js";
import { callWasm } from "./module.js";
import type { PlanResult } from "./requests.js";
import type { PlanDiff } from "./responses.js";

/**
 * Compares two plans as {@link Allocation.diff} does, for plans of which only the responses are left.
 *
 * @example
 * const yesterday = JSON.parse(await readFile("plan.json", "utf8"));
 * diffPlans(yesterday, matcher.allocate(needs, { previous: yesterday })).moved;
 */
export function diffPlans(before: PlanResult | string, after: PlanResult | string): PlanDiff {
  const [beforeText, afterText] = [recordsToJson(before), recordsToJson(after)];
  return JSON.parse(callWasm((wasm) => wasm.diff_plans(beforeText, afterText))) as PlanDiff;
}
