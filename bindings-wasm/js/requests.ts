// Whole requests of the wire format: the records, and what an operation takes.

import type { Additions, Fixed, IsoDate, Kind, Lang, Maybe, Moves, Need, Offer, Pair, Policy } from "./records.js";

/** The records of a request. */
export interface Request {
  offers?: Maybe<readonly Offer[]>;
  needs?: Maybe<readonly Need[]>;
  policy?: Maybe<Policy>;
  vocabulary?: Maybe<Additions>;
  /** Today, if left out. */
  as_of?: Maybe<IsoDate>;
}

/** Ranks the offers for each need. */
export interface RankRequest extends Request {
  /** Most matches for each need; 5 if left out. */
  top?: Maybe<number>;
  /** The language of sentences; English if left out. */
  lang?: Maybe<Lang>;
  /** Whether reasons are told; true if left out. */
  reasons?: Maybe<boolean>;
}

/** Explains pairs of needs and offers. */
export interface ExplainRequest extends Request {
  /** Every need with every offer, if left out. */
  pairs?: Maybe<readonly Pair[]>;
  /** The language of sentences; English if left out. */
  lang?: Maybe<Lang>;
}

/** Tells why so few offers match. */
export interface DiagnoseRequest extends Request {
  /** How many of the nearest excluded offers for each need; 3 if left out. */
  near_misses?: Maybe<number>;
  /** The language of sentences; English if left out. */
  lang?: Maybe<Lang>;
}

/** Gives many needs to offers of limited places. */
export interface AllocateRequest extends Request {
  /** Referrals that people agreed on. */
  fixed?: Maybe<readonly Fixed[]>;
  /** Referrals of an earlier plan. */
  previous?: Maybe<readonly Pair[]>;
  /** What may be done with the earlier ones; `few` if left out. */
  moves?: Maybe<Moves>;
  /** Least score of a referral, 0 to 1. */
  min_score?: Maybe<number>;
  /** Whether an offer may serve the neighbouring Kreis; true if left out. */
  neighbour_serves?: Maybe<boolean>;
  /** The language of sentences; English if left out. */
  lang?: Maybe<Lang>;
}

/** Finds codes for words. */
export interface ResolveRequest {
  /** What was typed; without `kind`, every sort of code is looked for. */
  words?: Maybe<readonly { text: string; kind?: Maybe<Kind> }[]>;
  /** The language of names in the answer; English if left out. */
  lang?: Maybe<Lang>;
  /** How many codes of each sort to suggest for words that are being typed, 0 to 100; if left out, words are whole. */
  suggest?: Maybe<number>;
  vocabulary?: Maybe<Additions>;
}
