// What lies on the desk: the records, the rules, and the request for one person. It is gone when the page is closed.

import { Matcher, type VocabularyAdditions, type IsoDate, type LanguageLevel, type Need, type Offer, type EffectivePolicy } from "lotse";
import { crimeOf } from "./need-crime.js";
import { Cell } from "./ui/signal.js";

export interface Records {
  offers: readonly Offer[];
  needs: readonly Need[];
  vocabulary: VocabularyAdditions | null;
  asOf: IsoDate;
  example: boolean;
}

/** What is known of one person; nothing of it is required. */
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
  /** What a need from a file says and the form has no field for. */
  unseen: Pick<Need, "place" | "rules">;
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
  unseen: {},
};

export const records = new Cell<Records>({ offers: [], needs: [], vocabulary: null, asOf: "", example: true });
/** Set before anything is shown. */
export const policy = new Cell({} as EffectivePolicy);
export const query = new Cell<Query>(emptyQuery);

/** What stays the example, so that it can be put back. */
let example: Records;

export function layOutExample(offers: Offer[], needs: Need[], asOf: IsoDate): void {
  example = { offers, needs, vocabulary: null, asOf, example: true };
  records.value = example;
}

export function theExample(): Records {
  return example;
}

/** Counts the requests that did not come from the form, so that it is built anew for them. */
export const begun = new Cell(0);

/** The offers that were ticked for the sheet of this person. */
export const picked = new Set<string>();
/** The offer of which this person's request was asked why it does not fit. */
export const askedAbout = new Cell<string | null>(null);

/** Another person: what was chosen for the one before must not go over to this one. */
export function begin(asked: Query): void {
  forgetChoices();
  query.value = asked;
  begun.value += 1;
}

function forgetChoices(): void {
  picked.clear();
  askedAbout.value = null;
}

let offersThen = records.value.offers;
// In other data the same id may be another offer.
records.watch(({ offers }) => {
  if (offers !== offersThen) forgetChoices();
  offersThen = offers;
});

/** A request to try the page with. */
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

export function ask(change: Partial<Query>): void {
  // A place belongs to its region.
  const { place, ...unseen } = query.value.unseen;
  query.value = { ...query.value, ...change, unseen: "region" in change || !place ? unseen : { place, ...unseen } };
}

/** The request as a record; nothing where nothing is said yet. */
export function needOf(asked: Query): Need | null {
  const need: Need = {
    id: "person",
    ...(asked.help && { help: asked.help }),
    ...(asked.languages.length > 0 && {
      languages: asked.languages.map(({ tag, level }) => (level ? { tag, level } : tag)),
    }),
    ...(asked.region && { region: asked.region }),
    ...((asked.crime || asked.context.length > 0) && {
      crime: {
        ...(asked.crime && { code: asked.crime }),
        ...(asked.context.length > 0 && { context: [...asked.context] }),
      },
    }),
    ...(asked.roles.length > 0 && { roles: [...asked.roles] }),
    ...(asked.age !== null && { age: asked.age }),
    ...(asked.gender && { gender: asked.gender }),
    ...(asked.formats.length > 0 && { formats: [...asked.formats] }),
    ...(asked.access.length > 0 && { access: [...asked.access] }),
    ...asked.unseen,
  };
  if (Object.keys(need).length === 1 && asked.people === 1) return null;
  return asked.people > 1 ? { ...need, people: asked.people } : need;
}

/** The other way: a need from a file as a request, to look at one person of an incident. */
export function queryOf(need: Need): Query {
  const { place, rules, gender } = need;
  const crime = crimeOf(need.crime);
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
    unseen: { ...(place && { place }), ...(rules && { rules }) },
  };
}

let made: { records: Records; policy: EffectivePolicy; matcher: Matcher } | undefined;

/** The matcher for what lies on the desk; made again only after a change. */
export function theMatcher(): Matcher {
  const [now, rules] = [records.value, policy.value];
  if (made && made.records === now && made.policy === rules) return made.matcher;
  const { offers, vocabulary, asOf } = now;
  const matcher = new Matcher({ offers, policy: rules, asOf, ...(vocabulary && { vocabulary }) });
  made?.matcher.free();
  made = { records: now, policy: rules, matcher };
  return matcher;
}

/** The day where the user is, as the library takes it. */
export function today(): IsoDate {
  const matcher = new Matcher();
  try {
    return matcher.asOf;
  } finally {
    matcher.free();
  }
}
