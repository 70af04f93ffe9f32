import { ask } from "./module.js";
import type { Criterion, Lang } from "./records.js";
import { word } from "./json.js";

/** The version of the library. */
export function version(): string {
  return ask((core) => core.version());
}

/** A criterion in words. */
export function criterionLabel(criterion: Criterion, lang: Lang = "en"): string {
  const words = [word(criterion, "a criterion"), word(lang, "lang")] as const;
  return ask((core) => core.criterion_name(...words));
}
