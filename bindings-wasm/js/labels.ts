// The version of the library, and labels of codes that need no vocabulary.

import { unknownLangError } from "./error.js";
import { checkedString } from "./json.js";
import { LABELS } from "./label-table.js";
import { callWasm } from "./module.js";
import type {
  CapacityState,
  CodeKind,
  Criterion,
  DeliveryFormat,
  Gender,
  Lang,
  LanguageLevel,
  LanguageMode,
  MoveMode,
  OnUnknown,
  Priority,
  Rule,
} from "./records.js";
import type { ResolvedBy, Tally, UnmetNeed } from "./responses.js";

/**
 * The labels of codes and fields in one display language, by kind and code. Names of languages, regions, crimes,
 * contexts, kinds of help, roles and access tags are in a {@link Vocabulary}.
 */
export interface Labels {
  criterion: Record<Criterion, string>;
  /** Kinds of codes. */
  kind: Record<CodeKind, string>;
  priority: Record<Priority, string>;
  /** The state of a capacity. */
  state: Record<CapacityState, string>;
  /** The mode in which a language is provided. */
  how: Record<LanguageMode, string>;
  /** The level at which a language is spoken. */
  level: Record<LanguageLevel, string>;
  format: Record<DeliveryFormat | "any", string>;
  /** The gender of a person. */
  gender: Record<Gender | "any", string>;
  truth: Record<"yes" | "no", string>;
  rule: Record<Rule, string>;
  on_unknown: Record<OnUnknown, string>;
  resolved_by: Record<ResolvedBy, string>;
  moves: Record<MoveMode, string>;
  /** Options of a plan. */
  option: Record<"min_score" | "neighbour_serves", string>;
  /** The reason of an unmet need. */
  unmet: Record<UnmetNeed["reason"], string>;
  /** How a criterion is met. */
  finding: Record<"met" | "partly_met" | "not_met" | "blocks" | "to_check" | "not_asked" | "unknown", string>;
  /** What `null` means: as the code of a row of a report, or as a field of a missing offer. */
  none: Record<"code" | "help" | "language" | "region", string>;
  /** Fields of records and results, as headings and notes. */
  field: Record<
    | "need"
    | "offer"
    | "criterion"
    | "finding"
    | "reason"
    | "weight"
    | "notes"
    | "matches"
    | "blocked"
    | "near_misses"
    | "referrals"
    | "fixed"
    | "neighbour"
    | "breaks"
    | "bottlenecks"
    | "wanted"
    | "by_priority"
    | "by_help"
    | "by_language"
    | "by_region"
    | "by_crime"
    | keyof Tally,
    string
  >;
}

/** Returns the version of the library. */
export function version(): string {
  return callWasm((wasm) => wasm.version());
}

/**
 * Returns the label of a criterion.
 *
 * @example
 * criterionLabel("language", "de"); // "Sprache"
 */
export function criterionLabel(criterion: Criterion, lang: Lang = "en"): string {
  const words = [checkedString(criterion, "a criterion"), checkedString(lang, "lang")] as const;
  return callWasm((wasm) => wasm.criterion_label(...words));
}

// Compiles only if the table has every code of each type.
const TABLE: Record<Lang, Labels> = LABELS;

/**
 * Returns the labels of codes and fields in a display language, by kind and code: the same as on the command line and in
 * notebooks. The module need not be loaded.
 *
 * @example
 * labels("de").priority.stat; // "sofort"
 */
export function labels(lang: Lang = "en"): Labels {
  if (!Object.hasOwn(TABLE, checkedString(lang, "lang"))) throw unknownLangError();
  // A copy, which a program may change.
  const kinds = Object.entries(TABLE[lang]).map(([kind, found]) => [kind, { ...found }]);
  return Object.fromEntries(kinds) as unknown as Labels;
}
