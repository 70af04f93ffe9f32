// Names of codes in the language of the page, and the words that can be completed.

import { criterionLabel, Vocabulary, type VocabularyAdditions, type Criterion, type CodeKind, type Need, type Offer } from "lotse";
import { crimeOf } from "./need-crime.js";
import { lang, words } from "./i18n.js";

let vocabulary: Vocabulary;
let tables: VocabularyAdditions;
/** Names that were asked for: tables ask for the same ones thousands of times. */
const named = new Map<string, string>();

/** Reads the tables; again with the additions of a file. */
export function openVocabulary(additions?: VocabularyAdditions): void {
  const next = new Vocabulary(additions);
  vocabulary?.free();
  vocabulary = next;
  tables = next.tables();
  named.clear();
}

export function theVocabulary(): Vocabulary {
  return vocabulary;
}

export function theTables(): VocabularyAdditions {
  return tables;
}

export function nameOf(kind: CodeKind, code: string): string {
  const key = `${lang.value} ${kind} ${code}`;
  let name = named.get(key);
  if (name === undefined) {
    name = vocabulary.name(kind, code, lang.value);
    named.set(key, name);
  }
  return name;
}

/** The name of a criterion as a label of its own: with a capital. */
export function criterionHeading(criterion: Criterion): string {
  const name = criterionLabel(criterion, lang.value);
  return name.slice(0, 1).toLocaleUpperCase(lang.value) + name.slice(1);
}

export function criterionList(criteria: readonly Criterion[]): string {
  return criteria.map((criterion) => criterionLabel(criterion, lang.value)).join(", ");
}

/** The Land of a Kreis, for telling regions of one name apart. */
export function landOf(region: string): string | null {
  const land = region.slice(0, 2);
  return /^\d{4,}$/.test(region) && land !== region ? nameOf("region", land) : null;
}

export function offerName(offer: Offer | undefined, id: string): string {
  return offer?.name ?? id;
}

export function crimeName(written: Need["crime"]): string {
  const { code, context } = crimeOf(written);
  const names = context.map((tag) => nameOf("context", tag)).join(", ");
  if (code === null) return names || words().none;
  return names ? `${nameOf("crime", code)} (${names})` : nameOf("crime", code);
}

export function tagOf(language: string | { tag: string }): string {
  return typeof language === "string" ? language : language.tag;
}

export function languageNames(languages: Need["languages"]): string {
  return (languages ?? []).map((language) => nameOf("language", tagOf(language))).join(", ");
}
