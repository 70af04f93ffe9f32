// What all entries have in common: everything but `ready`.

export { Allocation } from "./allocation.js";
export type * from "./answers.js";
export { type Unchecked, check } from "./check.js";
export { LotseError } from "./error.js";
export { Matcher } from "./matcher.js";
export { criterionName, version } from "./names.js";
export type { Numbers } from "./numbers.js";
export type { AllocateOptions, DiagnoseOptions, LangOptions, RankOptions } from "./options.js";
export type { Problem } from "./problem.js";
export type * from "./records.js";
export type * from "./requests.js";
export type { Setup, Surroundings } from "./setup.js";
export type { Levels, Solution, Taker } from "./solution.js";
export { solve } from "./solve.js";
export type { Source } from "./source.js";
export { type ResolveOptions, type SuggestOptions, Vocabulary } from "./vocabulary.js";
export type { Watched } from "./watch.js";
export type { Entries } from "./ways.js";
export * as wire from "./wire.js";
