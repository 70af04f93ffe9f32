// The state that the views share: records, policy, and the query for one person. In memory only.

import {
  Matcher,
  type EffectivePolicy,
  type IsoDate,
  type LanguageLevel,
  type Need,
  type Offer,
  type VocabularyAdditions,
} from "lotse";
import { crimeParts } from "./need-crime.js";
import { Signal } from "./ui/signal.js";

export interface Records {
  offers: readonly Offer[];
  needs: readonly Need[];
  vocabulary: VocabularyAdditions | null;
  asOf: IsoDate;
  /** `true` if these are the records of the invented example. */
  example: boolean;
}

/** The query for one person, as the form edits it. Every field is optional. */
export interface Query {
  help: string | null;
  languages: readonly { tag: string; level: LanguageLevel | null }[];
  region: string | null;
  crime: string | null;
  context: readonly string[];
  roles: readonly string[];
  age: number | null;
  gender: "female" | "male" | "other" | null;
  people: number;
  formats: readonly NonNullable<Need["formats"]>[number][];
  access: readonly string[];
  /** Fields of a need from a file for which the form has no field. */
  otherFields: Pick<Need, "place" | "rules">;
}

export const emptyQuery: Query = {
  help: null,
  languages: [],
  region: null,
  crime: null,
  context: [],
  roles: [],
  age: null,
  gender: null,
  people: 1,
  formats: [],
  access: [],
  otherFields: {},
};

export const records = new Signal<Records>({ offers: [], needs: [], vocabulary: null, asOf: "", example: true });
/** The effective policy. It is set before the first view is shown. */
export const policy = new Signal({} as EffectivePolicy);
export const query = new Signal<Query>(emptyQuery);

/** The invented example, kept so that it can be restored. */
let example: Records;

export function loadExample(offers: Offer[], needs: Need[], asOf: IsoDate): void {
  example = { offers, needs, vocabulary: null, asOf, example: true };
  records.value = example;
}

export function exampleRecords(): Records {
  return example;
}

/** The number of queries that did not come from the form, which is rebuilt for each. */
export const queryResets = new Signal(0);

/** The ids of the offers that are selected for the printed sheet. */
export const selectedOffers = new Set<string>();
/** The id of the offer that is explained for the query. */
export const explainedOffer = new Signal<string | null>(null);

/** Starts the query for another person, without the selections for the previous one. */
export function startQuery(next: Query): void {
  clearSelections();
  query.value = next;
  queryResets.value += 1;
}

function clearSelections(): void {
  selectedOffers.clear();
  explainedOffer.value = null;
}

let lastOffers = records.value.offers;
// With other records the same id may be another offer.
records.subscribe(({ offers }) => {
  if (offers !== lastOffers) clearSelections();
  lastOffers = offers;
});

/** A query for trying the page. */
export const exampleQuery: Query = {
  ...emptyQuery,
  help: "psychosocial.trauma_clinic",
  languages: [
    { tag: "prs", level: "native" },
    { tag: "de", level: "A2" },
  ],
  region: "14612",
  crime: "0102",
  context: ["terrorism"],
  roles: ["injured"],
  age: 34,
};

/** Changes fields of the query. A new region drops the location, which lies in the previous one. */
export function updateQuery(change: Partial<Query>): void {
  const { place, ...others } = query.value.otherFields;
  const otherFields = "region" in change || !place ? others : { place, ...others };
  query.value = { ...query.value, ...change, otherFields };
}

/** Returns the query as a need, or `null` if it is empty. */
export function needFromQuery(source: Query): Need | null {
  const need: Need = {
    id: "person",
    ...(source.help && { help: source.help }),
    ...(source.languages.length > 0 && {
      languages: source.languages.map(({ tag, level }) => (level ? { tag, level } : tag)),
    }),
    ...(source.region && { region: source.region }),
    ...((source.crime || source.context.length > 0) && {
      crime: {
        ...(source.crime && { code: source.crime }),
        ...(source.context.length > 0 && { context: [...source.context] }),
      },
    }),
    ...(source.roles.length > 0 && { roles: [...source.roles] }),
    ...(source.age !== null && { age: source.age }),
    ...(source.gender && { gender: source.gender }),
    ...(source.formats.length > 0 && { formats: [...source.formats] }),
    ...(source.access.length > 0 && { access: [...source.access] }),
    ...source.otherFields,
  };
  if (Object.keys(need).length === 1 && source.people === 1) return null;
  return source.people > 1 ? { ...need, people: source.people } : need;
}

/** Returns a need, such as one of an incident, as a query. */
export function queryFromNeed(need: Need): Query {
  const { place, rules, gender } = need;
  const crime = crimeParts(need.crime);
  return {
    help: need.help ?? null,
    languages: (need.languages ?? []).map((spoken) =>
      typeof spoken === "string" ? { tag: spoken, level: null } : { tag: spoken.tag, level: spoken.level ?? null },
    ),
    region: need.region ?? null,
    crime: crime.code,
    context: crime.context,
    roles: need.roles ?? [],
    age: need.age ?? null,
    gender: gender === "unknown" ? null : (gender ?? null),
    people: need.people ?? 1,
    formats: need.formats ?? [],
    access: need.access ?? [],
    otherFields: { ...(place && { place }), ...(rules && { rules }) },
  };
}

let cache: { records: Records; policy: EffectivePolicy; matcher: Matcher } | undefined;

/** Returns the matcher of the current records and policy. It is rebuilt only after a change. */
export function currentMatcher(): Matcher {
  const [currentRecords, currentPolicy] = [records.value, policy.value];
  if (cache && cache.records === currentRecords && cache.policy === currentPolicy) return cache.matcher;
  const { offers, vocabulary, asOf } = currentRecords;
  const matcher = new Matcher({ offers, policy: currentPolicy, asOf, ...(vocabulary && { vocabulary }) });
  cache?.matcher.free();
  cache = { records: currentRecords, policy: currentPolicy, matcher };
  return matcher;
}

/** Returns today's date in the local time zone, as the library determines it. */
export function today(): IsoDate {
  const matcher = new Matcher();
  try {
    return matcher.asOf;
  } finally {
    matcher.free();
  }
}
