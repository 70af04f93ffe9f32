// What goes in: records in the wire format. Absent, `null` and empty are the same.

/** What may be left out. */
export type Maybe<T> = T | null | undefined;

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
export type Level = "native" | "C2" | "C1" | "B2" | "B1" | "A2" | "A1";

/** How an offer provides a language; `spoken` if left out. */
export type How = "spoken" | "interpreter" | "on_request";

/** What is known of an offer's places; `open` if left out. */
export type State = "open" | "waitlist" | "assessment" | "full" | "unlimited";

/** Gender, which matters only where an offer is for some only. */
export type Gender = "female" | "male" | "other" | "unknown";

/** The way in which help is given. */
export type Format = "on_site" | "outreach" | "phone" | "video" | "chat" | "email";

/** What a criterion does: exclude below a minimum, only score, or nothing. */
export type Rule = "must" | "prefer" | "ignore";

/** What a `must` does with an unknown fit. */
export type OnUnknown = "allow" | "exclude";

/** What sort of code a word is meant for. */
export type Kind = "language" | "region" | "crime" | "context" | "help" | "role" | "access";

/** A place of a need, in degrees (WGS 84). */
export interface Coordinates {
  lat: number;
  lon: number;
}

/** What was done, and in which setting. */
export interface Scope {
  /** An ICCS code as text, such as `0101`. */
  code?: Maybe<string>;
  /** Tags of the setting, such as `terrorism`. */
  context?: Maybe<readonly string[]>;
}

/** A language that a person speaks. */
export interface Spoken {
  tag: string;
  level?: Maybe<Level>;
}

/** A language that an offer provides. */
export interface Provided {
  tag: string;
  how?: Maybe<How>;
}

/** A rule in full; what is left out comes from the policy, and then from the defaults. */
export interface WrittenRule {
  rule?: Maybe<Rule>;
  /** What a `must` excludes below, 0 to 1. */
  minimum?: Maybe<number>;
  /** What a `must` does with an unknown fit. */
  unknown?: Maybe<OnUnknown>;
}

/** A rule for each criterion that has one. */
export type Rules = { readonly [criterion in Criterion]?: Maybe<Rule | WrittenRule> };

/**
 * One request for one kind of help, by one person or one party that stays together. What is left out was *not asked*.
 * There is no field for a name, a birth date or an address.
 */
export interface Need {
  id: string;
  /** Ties several needs of one person. */
  case?: Maybe<string>;
  /** Needs of one group must go to the same offer. */
  group?: Maybe<string>;
  /** How many people it is for; 1 if left out. */
  people?: Maybe<number>;
  priority?: Maybe<Priority>;
  /** A code such as `legal.first_advice`. */
  help?: Maybe<string>;
  /** Tags, or tags with a level, the first language first. */
  languages?: Maybe<readonly (string | Spoken)[]>;
  /** A key: AGS, NUTS or ISO. */
  region?: Maybe<string>;
  /** A place within the region. */
  place?: Maybe<Coordinates>;
  crime?: Maybe<string | Scope>;
  roles?: Maybe<readonly string[]>;
  gender?: Maybe<Gender>;
  /** In years. */
  age?: Maybe<number>;
  formats?: Maybe<readonly Format[]>;
  access?: Maybe<readonly string[]>;
  /** What a criterion does for this need, before the policy. */
  rules?: Maybe<Rules>;
}

/** The places of an offer, and since when that is known. */
export interface Capacity {
  free?: Maybe<number>;
  total?: Maybe<number>;
  state?: Maybe<State>;
  updated?: Maybe<IsoDate>;
}

/** Where an offer is. */
export interface Place {
  region?: Maybe<string>;
  lat?: Maybe<number>;
  lon?: Maybe<number>;
}

/** Ages in years, both ends included; a missing end is open. */
export interface Ages {
  min?: Maybe<number>;
  max?: Maybe<number>;
}

/** How to reach an offer. Check the address before it becomes a link. */
export interface Contact {
  phone?: Maybe<string>;
  email?: Maybe<string>;
  url?: Maybe<string>;
}

/** One service of one organisation, with places. What is left out is *unknown*, which is never "no" and never 0. */
export interface Offer {
  id: string;
  name?: Maybe<string>;
  organisation?: Maybe<string>;
  /** Codes, or `any`. */
  help?: Maybe<readonly string[]>;
  /** Tags, or tags with how they are provided; `mul` is any spoken language. */
  languages?: Maybe<readonly (string | Provided)[]>;
  /** Keys of regions, or `any`. */
  area?: Maybe<readonly string[]>;
  place?: Maybe<Place>;
  /** Codes, scopes, or `any`. */
  crimes?: Maybe<readonly (string | Scope)[]>;
  /** A bare number is that of free places. */
  capacity?: Maybe<number | Capacity>;
  /** Codes, or `any`. */
  roles?: Maybe<readonly string[]>;
  genders?: Maybe<readonly (Gender | "any")[]>;
  ages?: Maybe<Ages>;
  formats?: Maybe<readonly (Format | "any")[]>;
  access?: Maybe<readonly string[]>;
  /** What it surely lacks. */
  no_access?: Maybe<readonly string[]>;
  contact?: Maybe<Contact>;
}

/** Speakers of `from` understand `to`, to this degree; a degree of 0 takes a row out. */
export interface Comprehension {
  from: string;
  to: string;
  /** 0 to 1. */
  degree: number;
  source?: Maybe<string>;
}

/** How offers are judged. What is left out is the default. Fits and weights have at most four decimals. */
export interface Policy {
  /** `prefer` is the weight of a preferred criterion that has none. */
  weights?: Maybe<{ readonly [criterion in Criterion | "prefer"]?: Maybe<number> }>;
  rules?: Maybe<Rules>;
  /** What an unknown fit counts, 0 to 1. */
  unknown_fit?: Maybe<number>;
  language?: Maybe<{
    levels?: Maybe<{ readonly [level in Level]?: Maybe<number> }>;
    how?: Maybe<{ readonly [how in How]?: Maybe<number> }>;
    /** What each earlier language of a person takes off. */
    order_step?: Maybe<number>;
    /** Whether the table of who understands whom counts. */
    related?: Maybe<boolean>;
    /** Rows that go before those of the vocabulary. */
    comprehension?: Maybe<readonly Comprehension[]>;
  }>;
  region?: Maybe<{
    near_km?: Maybe<number>;
    far_km?: Maybe<number>;
    far_fit?: Maybe<number>;
    neighbour?: Maybe<number>;
    remote?: Maybe<number>;
  }>;
  crime?: Maybe<{ general?: Maybe<number>; vague?: Maybe<number>; context_open?: Maybe<number> }>;
  capacity?: Maybe<{
    /** With so many times the places that are needed, the fit is 1. */
    comfortable?: Maybe<number>;
    waitlist?: Maybe<number>;
    assessment?: Maybe<number>;
    /** After so many days what is known of places counts as unknown. */
    stale_days?: Maybe<number>;
    /** Places that an allocation assumes where none are stated. */
    assume?: Maybe<number>;
  }>;
  priority_weights?: Maybe<{ readonly [priority in Priority]?: Maybe<number> }>;
}

/** A region of the tree. */
export interface Region {
  code: string;
  kind: "country" | "land" | "kreis" | "gemeinde";
  kreisfrei?: Maybe<boolean>;
  parent?: Maybe<string>;
  /** The centre, in degrees. */
  lat?: Maybe<number>;
  lon?: Maybe<number>;
  neighbours?: Maybe<readonly string[]>;
  name?: Maybe<string>;
}

/** A name of a code. */
export interface Name {
  kind: Kind;
  code: string;
  /** The language of the name, as a tag. */
  lang: string;
  text: string;
}

/** What people type for one code or several, or for none. */
export interface Word {
  kind: Kind;
  codes?: Maybe<readonly string[]>;
  /** The setting that goes with a crime. */
  context?: Maybe<readonly string[]>;
  lang: string;
  text: string;
}

/** What is added to the tables of codes and names. The tables in force have the same form. */
export interface Additions {
  regions?: Maybe<readonly Region[]>;
  /** Other keys for a region, or for several. */
  region_aliases?: Maybe<Readonly<Record<string, string | readonly string[]>>>;
  /** Other tags for a language. */
  languages?: Maybe<Readonly<Record<string, string>>>;
  sign_languages?: Maybe<readonly string[]>;
  /** Languages that are one in name only, with their members. */
  umbrellas?: Maybe<Readonly<Record<string, readonly string[]>>>;
  comprehension?: Maybe<readonly Comprehension[]>;
  names?: Maybe<readonly Name[]>;
  words?: Maybe<readonly Word[]>;
}

/** The ids of a need and an offer. */
export interface Pair {
  need: string;
  offer: string;
}

/** A referral that people agreed on. */
export interface Fixed extends Pair {
  /** Whether its places are already taken off the free ones. */
  counted?: Maybe<boolean>;
}

/** What may be done with earlier referrals: keep all, as many as possible, or none. */
export type Moves = "none" | "few" | "free";
