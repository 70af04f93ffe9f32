// The names of codes in the language of the page.

import {
  criterionLabel,
  Vocabulary,
  type CodeKind,
  type Criterion,
  type Need,
  type Offer,
  type VocabularyAdditions,
} from "lotse";
import { lang, messages } from "./i18n.js";
import { crimeParts } from "./need-crime.js";

let vocabulary: Vocabulary;
let tables: VocabularyAdditions;
/** Names by language, kind and code: tables show the same ones thousands of times. */
const nameCache = new Map<string, string>();

/** Loads the built-in tables and the additions of a file. */
export function loadVocabulary(additions?: VocabularyAdditions): void {
  const next = new Vocabulary(additions);
  vocabulary?.free();
  vocabulary = next;
  tables = next.tables();
  nameCache.clear();
}

export function currentVocabulary(): Vocabulary {
  return vocabulary;
}

export function currentTables(): VocabularyAdditions {
  return tables;
}

export function codeName(kind: CodeKind, code: string): string {
  const key = `${lang.value} ${kind} ${code}`;
  let name = nameCache.get(key);
  if (name === undefined) {
    name = vocabulary.name(kind, code, lang.value);
    nameCache.set(key, name);
  }
  return name;
}

/** Returns the label of a criterion with an initial capital, to be shown on its own. */
export function criterionHeading(criterion: Criterion): string {
  const name = criterionLabel(criterion, lang.value);
  return name.slice(0, 1).toLocaleUpperCase(lang.value) + name.slice(1);
}

/** Returns the labels of criteria as a list in one text. */
export function criterionList(criteria: readonly Criterion[]): string {
  return criteria.map((criterion) => criterionLabel(criterion, lang.value)).join(", ");
}

/** Returns the Land of a Kreis, which distinguishes regions of the same name; `null` for other regions. */
export function landName(region: string): string | null {
  const land = region.slice(0, 2);
  return /^\d{4,}$/.test(region) && land !== region ? codeName("region", land) : null;
}

export function offerName(offer: Offer | undefined, id: string): string {
  return offer?.name ?? id;
}

export function crimeName(crime: Need["crime"]): string {
  const { code, context } = crimeParts(crime);
  const names = context.map((tag) => codeName("context", tag)).join(", ");
  if (code === null) return names || messages().none;
  return names ? `${codeName("crime", code)} (${names})` : codeName("crime", code);
}

export function languageTag(language: string | { tag: string }): string {
  return typeof language === "string" ? language : language.tag;
}

export function languageNames(languages: Need["languages"]): string {
  return (languages ?? []).map((language) => codeName("language", languageTag(language))).join(", ");
}
