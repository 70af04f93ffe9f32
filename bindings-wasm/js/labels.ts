// The version of the library, and labels of codes that need no vocabulary.

import { checkedString } from "./json.js";
import { callWasm } from "./module.js";
import type { Criterion, Lang } from "./records.js";

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
