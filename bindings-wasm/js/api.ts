// The exports that all entries share: everything but `ready`.

export { Allocation } from "./allocation.js";
export { type CheckInput, check } from "./check.js";
export type { MatcherConfig, MatcherOptions } from "./config.js";
export { diffPlans } from "./diff-plans.js";
export { LotseError } from "./error.js";
export type { IntArrayLike } from "./int-arrays.js";
export { type Labels, criterionLabel, labels, version } from "./labels.js";
export { Matcher } from "./matcher.js";
export type { AllocateOptions, DiagnoseOptions, LangOptions, RankOptions } from "./options.js";
export type { ProgressOptions } from "./progress.js";
export type { ChangeFacts, FindingFacts } from "./reasons.js";
export type * from "./records.js";
export type * from "./requests.js";
export type * from "./responses.js";
export type { Problem, SparseValues } from "./solver/problem.js";
export type { PriceWitness, Solution, SolverObjective } from "./solver/solution.js";
export { solve } from "./solver/solve.js";
export type { ModuleSource } from "./source.js";
export { type ResolveOptions, type SuggestOptions, Vocabulary } from "./vocabulary.js";
export * as wire from "./wire.js";
