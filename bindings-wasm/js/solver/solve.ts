import { callWasm } from "../module.js";
import { type ProgressOptions, withProgress } from "../progress.js";
import { type Problem, encodeProblem } from "./problem.js";
import type { Solution } from "./solution.js";

/**
 * Solves a transportation problem with unit sizes and certifies the solution; it does not depend on the domain.
 *
 * The objective is lexicographic: 1. people served of class 0, 2. of class 1, and so on, 3. units that stay at their
 * previous sink, 4. the sum of values. With sizes of 1 the solution is a proven optimum. With larger ones it may be
 * approximate; `bound` limits the gap. Invalid input throws a {@link LotseError} (`problem.*`).
 *
 * @example
 * const { assignment, objective, prices } = solve({ values: [[90, 20], [80, null]], capacities: [1, null] });
 * // [1, 0], objective.value 100, and one more place at sink 0 would add 70: prices[0].value
 */
export function solve(problem: Problem, options?: ProgressOptions): Solution {
  const encoded = encodeProblem(problem);
  const text = withProgress(options?.onProgress, (progress) => callWasm((wasm) => wasm.solve(...encoded, progress)));
  return JSON.parse(text) as Solution;
}
