// Input records in the wire format. An absent value, `null` and an empty list or text mean the same.

/** An optional value; `null` means the same as absent. */
export type Nullable<T> = T | null | undefined;

/**
 * A record as TypeScript reads it from an imported JSON file: its words may be any text. The core rejects those that do not exist.
 *
 * @example
 * import offers from "./offers.json"; // `{ id: string; capacity: { state: string } }[]`
 * new Matcher({ offers });
 */
export type Imported<T> = T extends string
  ? T | (string & {}) // not just `string`, so that editors suggest the words
  : T extends readonly (infer Item)[]
    ? readonly Imported<Item>[]
    : T extends object
      ? { [Name in keyof T]: Imported<T[Name]> }
      : T;

/** A need, or one from an imported JSON file. */
export type NeedInput = Need | Imported<Need>;

/** An offer, or one from an imported JSON file. */
export type OfferInput = Offer | Imported<Offer>;

/** A policy, or one from an imported JSON file. */
export type PolicyInput = Policy | Imported<Policy>;

/** Additions to a vocabulary, or those from an imported JSON file. */
export type AdditionsInput = VocabularyAdditions | Imported<VocabularyAdditions>;

/** A date as text, such as `2026-11-23`. */
export type IsoDate = string;

/** The display language of sentences and names; `de-simple` is plain German (einfache Sprache). */
export type Lang = "de" | "en" | "de-simple";

/** A criterion by which an offer is judged against a need. */
export type Criterion =
  "help" | "crime" | "language" | "region" | "capacity" | "role" | "gender" | "age" | "format" | "access";

/** The urgency of a need; defaults to `routine`. Set openly by people, never computed. */
export type Priority = "stat" | "asap" | "urgent" | "routine";

/** The level at which a person speaks a language: native, or a level of the CEFR. */
export type LanguageLevel = "native" | "C2" | "C1" | "B2" | "B1" | "A2" | "A1";

/** The way in which an offer provides a language; defaults to `spoken`. */
export type LanguageMode = "spoken" | "interpreter" | "on_request";

/** The state of an offer's capacity; defaults to `open`. */
export type CapacityState = "open" | "waitlist" | "assessment" | "full" | "unlimited";

/** A gender. It counts only if an offer is restricted to some. */
export type Gender = "female" | "male" | "other" | "unknown";

/** The way in which help is given. */
export type DeliveryFormat = "on_site" | "outreach" | "phone" | "video" | "chat" | "email";

/** The effect of a criterion: excludes below a minimum, only scores, or none. */
export type Rule = "must" | "prefer" | "ignore";

/** The effect of `must` on an unknown fit. */
export type OnUnknown = "allow" | "exclude";

/** The kind of a code. The words of a {@link ClosedKind} are resolved only if the kind is given. */
export type CodeKind =
  | "language" | "region" | "crime" | "context" | "help" | "role" | "access"
  | "format" | "gender" | "state" | "how" | "level" | "priority" | "truth";

/** A closed set of codes in records, to which a vocabulary adds nothing. */
export type ClosedKind = Extract<
  CodeKind, "format" | "gender" | "state" | "how" | "level" | "priority" | "truth"
>;

/** The location of a need, in degrees (WGS 84). */
export interface Coordinates {
  lat: number;
  lon: number;
}

/** A crime and its context. */
export interface CrimeScope {
  /** An ICCS code as text, such as `0101`. */
  code?: Nullable<string>;
  /** Tags of the context, such as `terrorism`. */
  context?: Nullable<readonly string[]>;
}

/** A language that a person speaks. */
export interface SpokenLanguage {
  tag: string;
  level?: Nullable<LanguageLevel>;
}

/** A language that an offer provides. */
export interface OfferedLanguage {
  tag: string;
  how?: Nullable<LanguageMode>;
}

/** A rule of which every part is optional; it defaults to that of the policy, which defaults to the built-in one. */
export interface PartialRule {
  rule?: Nullable<Rule>;
  /** The fit below which `must` excludes, 0 to 1. */
  minimum?: Nullable<number>;
  /** The effect of `must` on an unknown fit. */
  unknown?: Nullable<OnUnknown>;
}

/** Rules by criterion. */
export type Rules = { readonly [criterion in Criterion]?: Nullable<Rule | PartialRule> };

/**
 * One request for one kind of help, by one person or by one party that stays together. An absent field is *not
 * requested*. There is no field for a name, a birth date or an address.
 */
export interface Need {
  id: string;
  /** Links several needs of one person. */
  case?: Nullable<string>;
  /** The needs of one group are one party: they are referred to the same offer. */
  group?: Nullable<string>;
  /** The number of people; defaults to 1. */
  people?: Nullable<number>;
  priority?: Nullable<Priority>;
  /** A code such as `legal.first_advice`. */
  help?: Nullable<string>;
  /** Tags, or tags with a level, the first language first. */
  languages?: Nullable<readonly (string | SpokenLanguage)[]>;
  /** A key: AGS, NUTS or ISO. */
  region?: Nullable<string>;
  /** The location within the region. */
  place?: Nullable<Coordinates>;
  crime?: Nullable<string | CrimeScope>;
  roles?: Nullable<readonly string[]>;
  gender?: Nullable<Gender>;
  /** In years. */
  age?: Nullable<number>;
  formats?: Nullable<readonly DeliveryFormat[]>;
  access?: Nullable<readonly string[]>;
  /** Rules of this need, which take precedence over the policy. */
  rules?: Nullable<Rules>;
}

/** The capacity of an offer, and the day on which it was last confirmed. */
export interface Capacity {
  free?: Nullable<number>;
  total?: Nullable<number>;
  state?: Nullable<CapacityState>;
  updated?: Nullable<IsoDate>;
}

/** The location of an offer. */
export interface Location {
  region?: Nullable<string>;
  lat?: Nullable<number>;
  lon?: Nullable<number>;
}

/** A range of ages in years, both ends included; a missing end is open. */
export interface Ages {
  min?: Nullable<number>;
  max?: Nullable<number>;
}

/** The contact data of an offer. Validate an address before it becomes a link. */
export interface Contact {
  phone?: Nullable<string>;
  email?: Nullable<string>;
  url?: Nullable<string>;
}

/** One service of one organisation, with places. An absent field is *unknown*, which is neither "no" nor 0. */
export interface Offer {
  id: string;
  name?: Nullable<string>;
  organisation?: Nullable<string>;
  /** Codes, or `any`. */
  help?: Nullable<readonly string[]>;
  /** Tags, or tags with the way in which they are provided; `mul` is any spoken language. */
  languages?: Nullable<readonly (string | OfferedLanguage)[]>;
  /** Keys of regions, or `any`. */
  area?: Nullable<readonly string[]>;
  place?: Nullable<Location>;
  /** Codes, scopes, or `any`. */
  crimes?: Nullable<readonly (string | CrimeScope)[]>;
  /** A bare number is the number of free places. */
  capacity?: Nullable<number | Capacity>;
  /** Codes, or `any`. */
  roles?: Nullable<readonly string[]>;
  genders?: Nullable<readonly (Gender | "any")[]>;
  ages?: Nullable<Ages>;
  formats?: Nullable<readonly (DeliveryFormat | "any")[]>;
  access?: Nullable<readonly string[]>;
  /** Aids that the offer is known to lack. */
  no_access?: Nullable<readonly string[]>;
  contact?: Nullable<Contact>;
}

/** The degree to which speakers of `from` understand `to`; a degree of 0 removes a built-in row. */
export interface ComprehensionRow {
  from: string;
  to: string;
  /** 0 to 1. */
  degree: number;
  source?: Nullable<string>;
}

/** The policy by which offers are judged. Every part is optional. Fits and weights have at most four decimals. */
export interface Policy {
  /** Weights by criterion; `prefer` is that of a preferred criterion without a weight. */
  weights?: Nullable<{ readonly [criterion in Criterion | "prefer"]?: Nullable<number> }>;
  rules?: Nullable<Rules>;
  /** The fit that is counted for an unknown one, 0 to 1. */
  unknown_fit?: Nullable<number>;
  language?: Nullable<{
    levels?: Nullable<{ readonly [level in LanguageLevel]?: Nullable<number> }>;
    how?: Nullable<{ readonly [how in LanguageMode]?: Nullable<number> }>;
    /** The deduction for each language that the person speaks better. */
    order_step?: Nullable<number>;
    /** Applies the comprehension table; defaults to `true`. */
    related?: Nullable<boolean>;
    /** Rows that take precedence over those of the vocabulary. */
    comprehension?: Nullable<readonly ComprehensionRow[]>;
  }>;
  region?: Nullable<{
    near_km?: Nullable<number>;
    far_km?: Nullable<number>;
    far_fit?: Nullable<number>;
    neighbour?: Nullable<number>;
    remote?: Nullable<number>;
  }>;
  help?: Nullable<{ [fit in "any" | "covered" | "part"]?: Nullable<number> }>;
  crime?: Nullable<{ general?: Nullable<number>; vague?: Nullable<number>; context_open?: Nullable<number> }>;
  capacity?: Nullable<{
    /** The fit of exactly as many free places as people. */
    enough?: Nullable<number>;
    /** The multiple of the needed places from which the fit is 1. */
    comfortable?: Nullable<number>;
    waitlist?: Nullable<number>;
    assessment?: Nullable<number>;
    /** The number of days after which a capacity counts as unknown. */
    stale_days?: Nullable<number>;
    /** The number of places that an allocation assumes if none is stated. */
    assume?: Nullable<number>;
  }>;
  priority_weights?: Nullable<{ readonly [priority in Priority]?: Nullable<number> }>;
}

/** A region in the tree of regions. */
export interface Region {
  code: string;
  kind: "country" | "land" | "kreis" | "gemeinde";
  kreisfrei?: Nullable<boolean>;
  parent?: Nullable<string>;
  /** The centre, in degrees. */
  lat?: Nullable<number>;
  lon?: Nullable<number>;
  neighbours?: Nullable<readonly string[]>;
  name?: Nullable<string>;
  /** Whether a built-in region of this code becomes another one. */
  replace?: Nullable<boolean>;
}

/** A further code of regions. A postcode is never certain alone, a car plate is not read as a region. */
export interface RegionAlias {
  to: string | readonly string[];
  kind: "postcode" | "key" | "plate";
}

/** A name of a code. */
export interface CodeName {
  kind: Exclude<CodeKind, ClosedKind>;
  code: string;
  /** The language of the name, as a tag. */
  lang: string;
  text: string;
}

/** A typed word that stands for one code, for several, or for none. */
export interface VocabularyWord {
  kind: Exclude<CodeKind, ClosedKind>;
  codes?: Nullable<readonly string[]>;
  /** The context that the word implies for a crime. */
  context?: Nullable<readonly string[]>;
  lang: string;
  text: string;
}

/** Additions to the tables of codes and names. The complete tables have the same form. */
export interface VocabularyAdditions {
  /** The country whose keys records may state without it; `DE` by default. */
  home?: Nullable<string>;
  regions?: Nullable<readonly Region[]>;
  /** Further codes of a region, or of several; one that ends in `*` is a prefix. */
  region_aliases?: Nullable<Readonly<Record<string, string | readonly string[] | RegionAlias>>>;
  /** Further tags of a language. */
  languages?: Nullable<Readonly<Record<string, string>>>;
  sign_languages?: Nullable<readonly string[]>;
  /** Umbrella codes with their member languages. */
  umbrellas?: Nullable<Readonly<Record<string, readonly string[]>>>;
  comprehension?: Nullable<readonly ComprehensionRow[]>;
  names?: Nullable<readonly CodeName[]>;
  words?: Nullable<readonly VocabularyWord[]>;
}

/** The ids of a need and of an offer. */
export interface Pair {
  need: string;
  offer: string;
}

/** A referral that people agreed on. */
export interface FixedReferral extends Pair {
  /** `true` if its places are already deducted from the free ones. */
  counted?: Nullable<boolean>;
}

/** The treatment of earlier referrals: keep all, keep as many as possible, or plan freely. */
export type MoveMode = "none" | "few" | "free";
