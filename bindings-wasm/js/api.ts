// What all entries have in common: everything but `ready`.

export { Allocation } from "./allocation.js";
export type * from "./responses.js";
export { type Unchecked, check } from "./check.js";
export { LotseError } from "./error.js";
export { Matcher } from "./matcher.js";
export { criterionName, version } from "./labels.js";
export type { Numbers } from "./int-arrays.js";
export type { AllocateOptions, DiagnoseOptions, LangOptions, RankOptions } from "./options.js";
export type { Problem } from "./solver/problem.js";
export type * from "./records.js";
export type * from "./requests.js";
export type { Setup, Surroundings } from "./config.js";
export type { Levels, Solution, Taker } from "./solver/solution.js";
export { solve } from "./solver/solve.js";
export type { Source } from "./source.js";
export { type ResolveOptions, type SuggestOptions, Vocabulary } from "./vocabulary.js";
export type { Watched } from "./progress.js";
export type { Entries } from "./solver/edges.js";
export * as wire from "./wire.js";
