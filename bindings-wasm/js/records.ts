// What goes in: records in the wire format. Absent, `null` and empty are the same.

/** What may be left out. */
export type Nullable<T> = T | null | undefined;

/** A date as text, like `2026-11-23`. */
export type IsoDate = string;

/** The language of sentences and names; `de-simple` is German in plain words (einfache Sprache). */
export type Lang = "de" | "en" | "de-simple";

/** One respect in which an offer fits a need. */
export type Criterion =
  | "help"
  | "crime"
  | "language"
  | "region"
  | "capacity"
  | "role"
  | "gender"
  | "age"
  | "format"
  | "access";

/** How soon a need must be met; `routine` if left out. Set openly by people, never computed. */
export type Priority = "stat" | "asap" | "urgent" | "routine";

/** How well a person speaks a language: native, or a level of the CEFR. */
export type LanguageLevel = "native" | "C2" | "C1" | "B2" | "B1" | "A2" | "A1";

/** How an offer provides a language; `spoken` if left out. */
export type LanguageMode = "spoken" | "interpreter" | "on_request";

/** What is known of an offer's places; `open` if left out. */
export type CapacityState = "open" | "waitlist" | "assessment" | "full" | "unlimited";

/** Gender, which matters only where an offer is for some only. */
export type Gender = "female" | "male" | "other" | "unknown";

/** The way in which help is given. */
export type DeliveryFormat = "on_site" | "outreach" | "phone" | "video" | "chat" | "email";

/** What a criterion does: exclude below a minimum, only score, or nothing. */
export type Rule = "must" | "prefer" | "ignore";

/** What a `must` does with an unknown fit. */
export type OnUnknown = "allow" | "exclude";

/** What sort of code a word is meant for. */
export type CodeKind = "language" | "region" | "crime" | "context" | "help" | "role" | "access";

/** A place of a need, in degrees (WGS 84). */
export interface Coordinates {
  lat: number;
  lon: number;
}

/** What was done, and in which setting. */
export interface CrimeScope {
  /** An ICCS code as text, such as `0101`. */
  code?: Nullable<string>;
  /** Tags of the setting, such as `terrorism`. */
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

/** A rule in full; what is left out comes from the policy, and then from the defaults. */
export interface PartialRule {
  rule?: Nullable<Rule>;
  /** What a `must` excludes below, 0 to 1. */
  minimum?: Nullable<number>;
  /** What a `must` does with an unknown fit. */
  unknown?: Nullable<OnUnknown>;
}

/** A rule for each criterion that has one. */
export type Rules = { readonly [criterion in Criterion]?: Nullable<Rule | PartialRule> };

/**
 * One request for one kind of help, by one person or one party that stays together. What is left out was *not asked*.
 * There is no field for a name, a birth date or an address.
 */
export interface Need {
  id: string;
  /** Ties several needs of one person. */
  case?: Nullable<string>;
  /** Needs of one group must go to the same offer. */
  group?: Nullable<string>;
  /** How many people it is for; 1 if left out. */
  people?: Nullable<number>;
  priority?: Nullable<Priority>;
  /** A code such as `legal.first_advice`. */
  help?: Nullable<string>;
  /** Tags, or tags with a level, the first language first. */
  languages?: Nullable<readonly (string | SpokenLanguage)[]>;
  /** A key: AGS, NUTS or ISO. */
  region?: Nullable<string>;
  /** A place within the region. */
  place?: Nullable<Coordinates>;
  crime?: Nullable<string | CrimeScope>;
  roles?: Nullable<readonly string[]>;
  gender?: Nullable<Gender>;
  /** In years. */
  age?: Nullable<number>;
  formats?: Nullable<readonly DeliveryFormat[]>;
  access?: Nullable<readonly string[]>;
  /** What a criterion does for this need, before the policy. */
  rules?: Nullable<Rules>;
}

/** The places of an offer, and since when that is known. */
export interface Capacity {
  free?: Nullable<number>;
  total?: Nullable<number>;
  state?: Nullable<CapacityState>;
  updated?: Nullable<IsoDate>;
}

/** Where an offer is. */
export interface Location {
  region?: Nullable<string>;
  lat?: Nullable<number>;
  lon?: Nullable<number>;
}

/** Ages in years, both ends included; a missing end is open. */
export interface Ages {
  min?: Nullable<number>;
  max?: Nullable<number>;
}

/** How to reach an offer. Check the address before it becomes a link. */
export interface Contact {
  phone?: Nullable<string>;
  email?: Nullable<string>;
  url?: Nullable<string>;
}

/** One service of one organisation, with places. What is left out is *unknown*, which is never "no" and never 0. */
export interface Offer {
  id: string;
  name?: Nullable<string>;
  organisation?: Nullable<string>;
  /** Codes, or `any`. */
  help?: Nullable<readonly string[]>;
  /** Tags, or tags with how they are provided; `mul` is any spoken language. */
  languages?: Nullable<readonly (string | OfferedLanguage)[]>;
  /** Keys of regions, or `any`. */
  area?: Nullable<readonly string[]>;
  place?: Nullable<Location>;
  /** Codes, scopes, or `any`. */
  crimes?: Nullable<readonly (string | CrimeScope)[]>;
  /** A bare number is that of free places. */
  capacity?: Nullable<number | Capacity>;
  /** Codes, or `any`. */
  roles?: Nullable<readonly string[]>;
  genders?: Nullable<readonly (Gender | "any")[]>;
  ages?: Nullable<Ages>;
  formats?: Nullable<readonly (DeliveryFormat | "any")[]>;
  access?: Nullable<readonly string[]>;
  /** What it surely lacks. */
  no_access?: Nullable<readonly string[]>;
  contact?: Nullable<Contact>;
}

/** Speakers of `from` understand `to`, to this degree; a degree of 0 takes a row out. */
export interface ComprehensionRow {
  from: string;
  to: string;
  /** 0 to 1. */
  degree: number;
  source?: Nullable<string>;
}

/** How offers are judged. What is left out is the default. Fits and weights have at most four decimals. */
export interface Policy {
  /** `prefer` is the weight of a preferred criterion that has none. */
  weights?: Nullable<{ readonly [criterion in Criterion | "prefer"]?: Nullable<number> }>;
  rules?: Nullable<Rules>;
  /** What an unknown fit counts, 0 to 1. */
  unknown_fit?: Nullable<number>;
  language?: Nullable<{
    levels?: Nullable<{ readonly [level in LanguageLevel]?: Nullable<number> }>;
    how?: Nullable<{ readonly [how in LanguageMode]?: Nullable<number> }>;
    /** What each earlier language of a person takes off. */
    order_step?: Nullable<number>;
    /** Whether the table of who understands whom counts. */
    related?: Nullable<boolean>;
    /** Rows that go before those of the vocabulary. */
    comprehension?: Nullable<readonly ComprehensionRow[]>;
  }>;
  region?: Nullable<{
    near_km?: Nullable<number>;
    far_km?: Nullable<number>;
    far_fit?: Nullable<number>;
    neighbour?: Nullable<number>;
    remote?: Nullable<number>;
  }>;
  crime?: Nullable<{ general?: Nullable<number>; vague?: Nullable<number>; context_open?: Nullable<number> }>;
  capacity?: Nullable<{
    /** With so many times the places that are needed, the fit is 1. */
    comfortable?: Nullable<number>;
    waitlist?: Nullable<number>;
    assessment?: Nullable<number>;
    /** After so many days what is known of places counts as unknown. */
    stale_days?: Nullable<number>;
    /** Places that an allocation assumes where none are stated. */
    assume?: Nullable<number>;
  }>;
  priority_weights?: Nullable<{ readonly [priority in Priority]?: Nullable<number> }>;
}

/** A region of the tree. */
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
}

/** A name of a code. */
export interface CodeName {
  kind: CodeKind;
  code: string;
  /** The language of the name, as a tag. */
  lang: string;
  text: string;
}

/** What people type for one code or several, or for none. */
export interface VocabularyWord {
  kind: CodeKind;
  codes?: Nullable<readonly string[]>;
  /** The setting that goes with a crime. */
  context?: Nullable<readonly string[]>;
  lang: string;
  text: string;
}

/** What is added to the tables of codes and names. The tables in force have the same form. */
export interface VocabularyAdditions {
  regions?: Nullable<readonly Region[]>;
  /** Other keys for a region, or for several. */
  region_aliases?: Nullable<Readonly<Record<string, string | readonly string[]>>>;
  /** Other tags for a language. */
  languages?: Nullable<Readonly<Record<string, string>>>;
  sign_languages?: Nullable<readonly string[]>;
  /** Languages that are one in name only, with their members. */
  umbrellas?: Nullable<Readonly<Record<string, readonly string[]>>>;
  comprehension?: Nullable<readonly ComprehensionRow[]>;
  names?: Nullable<readonly CodeName[]>;
  words?: Nullable<readonly VocabularyWord[]>;
}

/** The ids of a need and an offer. */
export interface Pair {
  need: string;
  offer: string;
}

/** A referral that people agreed on. */
export interface FixedReferral extends Pair {
  /** Whether its places are already taken off the free ones. */
  counted?: Nullable<boolean>;
}

/** What may be done with earlier referrals: keep all, as many as possible, or none. */
export type MoveMode = "none" | "few" | "free";
