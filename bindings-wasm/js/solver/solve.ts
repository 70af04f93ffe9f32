import { ask } from "../module.js";
import { type Problem, packed } from "./problem.js";
import { type Solution, solutionOf } from "./solution.js";
import { type ProgressOptions, watched } from "../progress.js";

/**
 * Gives supplies to sinks of limited places in the best plan, and proves it: the solver on its own, for problems of any
 * field.
 *
 * The plan serves as many people of class 0 as possible, then of class 1 and so on; among such plans most stay where they
 * were; among those the sum of values is highest. With sizes of 1 it is a proven optimum. With larger ones it may be
 * approximate; `bound` tells how far. What is wrong is a {@link LotseError} (`problem.*`).
 *
 * @example
 * const { assignment, objective, prices } = solve({ values: [[90, 20], [80, null]], places: [1, null] });
 * // [1, 0], objective.value 100, and one more place at sink 0 would add 70: prices[0].value
 */
export function solve(problem: Problem, watch?: ProgressOptions): Solution {
  const arrays = packed(problem);
  return solutionOf(watched(watch?.onProgress, (look) => ask((core) => core.solve(...arrays, look))));
}
