// Whole requests of the wire format: the records, and what an operation takes.

import type { VocabularyAdditions, FixedReferral, IsoDate, CodeKind, Lang, Nullable, MoveMode, Need, Offer, Pair, Policy } from "./records.js";

/** The records of a request. */
export interface Dataset {
  offers?: Nullable<readonly Offer[]>;
  needs?: Nullable<readonly Need[]>;
  policy?: Nullable<Policy>;
  vocabulary?: Nullable<VocabularyAdditions>;
  /** Today, if left out. */
  as_of?: Nullable<IsoDate>;
}

/** Ranks the offers for each need. */
export interface RankRequest extends Dataset {
  /** Most matches for each need; 5 if left out. */
  top?: Nullable<number>;
  /** The language of sentences; English if left out. */
  lang?: Nullable<Lang>;
  /** Whether reasons are told; true if left out. */
  reasons?: Nullable<boolean>;
}

/** Explains pairs of needs and offers. */
export interface ExplainRequest extends Dataset {
  /** Every need with every offer, if left out. */
  pairs?: Nullable<readonly Pair[]>;
  /** The language of sentences; English if left out. */
  lang?: Nullable<Lang>;
}

/** Tells why so few offers match. */
export interface DiagnoseRequest extends Dataset {
  /** How many of the nearest excluded offers for each need; 3 if left out. */
  near_misses?: Nullable<number>;
  /** The language of sentences; English if left out. */
  lang?: Nullable<Lang>;
}

/** Gives many needs to offers of limited places. */
export interface AllocateRequest extends Dataset {
  /** Referrals that people agreed on. */
  fixed?: Nullable<readonly FixedReferral[]>;
  /** Referrals of an earlier plan. */
  previous?: Nullable<readonly Pair[]>;
  /** What may be done with the earlier ones; `few` if left out. */
  moves?: Nullable<MoveMode>;
  /** Least score of a referral, 0 to 1. */
  min_score?: Nullable<number>;
  /** Whether an offer may serve the neighbouring Kreis; true if left out. */
  neighbour_serves?: Nullable<boolean>;
  /** The language of sentences; English if left out. */
  lang?: Nullable<Lang>;
}

/** Finds codes for words. */
export interface ResolveRequest {
  /** What was typed; without `kind`, every sort of code is looked for. */
  words?: Nullable<readonly { text: string; kind?: Nullable<CodeKind> }[]>;
  /** The language of names in the answer; English if left out. */
  lang?: Nullable<Lang>;
  /** How many codes of each sort to suggest for words that are being typed, 0 to 100; if left out, words are whole. */
  suggest?: Nullable<number>;
  vocabulary?: Nullable<VocabularyAdditions>;
}
