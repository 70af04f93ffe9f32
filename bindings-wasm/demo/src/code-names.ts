// The names and labels of codes in the language of the page, which are those of the library.

import {
  labels,
  Vocabulary,
  type CodeKind,
  type Criterion,
  type Labels,
  type Lang,
  type Need,
  type Offer,
  type VocabularyAdditions,
} from "lotse";
import { lang } from "./i18n.js";
import { crimeParts } from "./need-crime.js";

let vocabulary: Vocabulary;
let tables: VocabularyAdditions;
/** Names by language, kind and code: tables show the same ones thousands of times. */
const nameCache = new Map<string, string>();
const labelCache = new Map<Lang, Labels>();

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

/** Returns the labels of codes and fields. The command line and notebooks show the same ones. */
export function codeLabels(): Labels {
  let found = labelCache.get(lang.value);
  if (found === undefined) {
    found = labels(lang.value);
    labelCache.set(lang.value, found);
  }
  return found;
}

/** Returns a label with an initial capital, to be shown on its own. */
export function heading(label: string): string {
  return label.slice(0, 1).toLocaleUpperCase(lang.value) + label.slice(1);
}

export function criterionHeading(criterion: Criterion): string {
  return heading(codeLabels().criterion[criterion]);
}

/** Returns the labels of criteria as a list in one text. */
export function criterionList(criteria: readonly Criterion[]): string {
  return criteria.map((criterion) => codeLabels().criterion[criterion]).join(", ");
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
  if (code === null) return names || codeLabels().none.code;
  return names ? `${codeName("crime", code)} (${names})` : codeName("crime", code);
}

export function languageTag(language: string | { tag: string }): string {
  return typeof language === "string" ? language : language.tag;
}

export function languageNames(languages: Need["languages"]): string {
  return (languages ?? []).map((language) => codeName("language", languageTag(language))).join(", ");
}
