// Labels of reports and questions of imports.

import { unknownLangError } from "./error.js";
import { IMPORT_LABELS } from "./import-label-table.js";
import type { ColumnUse, ImportQuestion, ImportReport } from "./import-types.js";
import { checkedString } from "./json.js";
import type { WordKind } from "./mapping-file.js";
import type { Lang } from "./records.js";

/** The labels of reports and questions in one display language, by kind and code. */
export interface ImportLabels {
  /** The sections of a report. */
  section: Record<Exclude<keyof ImportReport, "recognized" | "as_of" | "records" | "columns" | "changes"> | "unmentioned", string>;
  /** What is done with a column. */
  use: Record<ColumnUse, string>;
  /** The kinds of questions. */
  word_kind: Record<WordKind, string>;
  /** Why a question is asked. */
  why: Record<ImportQuestion["why"], string>;
  /** Notes of a report, by their code. */
  note: { readonly [code: string]: string };
}

// Compiles only if the table has every code of each type.
const TABLE: Record<Lang, ImportLabels> = IMPORT_LABELS;

/**
 * Returns the labels of reports and questions in a display language, the same as on the command line and in notebooks.
 *
 * @example
 * importLabels("de").why.typo; // "vielleicht ein Tippfehler"
 */
export function importLabels(lang: Lang = "en"): ImportLabels {
  if (!Object.hasOwn(TABLE, checkedString(lang, "lang"))) throw unknownLangError();
  // A copy, which a program may change.
  const kinds = Object.entries(TABLE[lang]).map(([kind, found]) => [kind, { ...found }]);
  return Object.fromEntries(kinds) as unknown as ImportLabels;
}
