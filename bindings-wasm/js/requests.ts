// Whole requests in the wire format: the records, and the options of an operation.

import type {
  AdditionsInput,
  CodeKind,
  FixedReferral,
  Imported,
  IsoDate,
  Lang,
  MoveMode,
  NeedInput,
  Nullable,
  OfferInput,
  Pair,
  PolicyInput,
} from "./records.js";
import type { AllocateResponse, Referral } from "./responses.js";

/**
 * A plan that is given back: a plan or its response, saved or not, or a list of referrals or of the ids of needs and
 * offers. Only the ids and `counted` matter.
 */
export type PlanInput = SavedPlan | readonly GivenReferral[];

/** A referral that is given back. */
export type GivenReferral = FixedReferral | Referral | Imported<Referral>;

/** A plan or its response, also one from an imported JSON file. */
export interface SavedPlan {
  referrals: readonly GivenReferral[];
  unmet?: unknown;
  offers?: unknown;
  objective?: unknown;
  bound?: unknown;
  certificate?: unknown;
}

/** The outcome of every need: a plan or its response, also one from an imported JSON file. */
export type PlanResult = AllocateResponse | Imported<AllocateResponse>;

/** The records of a request, and their configuration. */
export interface Dataset {
  offers?: Nullable<readonly OfferInput[]>;
  needs?: Nullable<readonly NeedInput[]>;
  policy?: Nullable<PolicyInput>;
  vocabulary?: Nullable<AdditionsInput>;
  /** The day on which capacities are judged; defaults to today. */
  as_of?: Nullable<IsoDate>;
}

/** A request to rank the offers for each need. */
export interface RankRequest extends Dataset {
  /** The maximum number of matches per need; defaults to 5. */
  top?: Nullable<number>;
  /** The display language of sentences; defaults to English. */
  lang?: Nullable<Lang>;
  /** Includes the reasons of matches; defaults to `true`. */
  reasons?: Nullable<boolean>;
}

/** A request to explain pairs of needs and offers. */
export interface ExplainRequest extends Dataset {
  /** The pairs; defaults to every need with every offer. */
  pairs?: Nullable<readonly Pair[]>;
  /** The display language of sentences; defaults to English. */
  lang?: Nullable<Lang>;
}

/** A request to diagnose needs with few matches. */
export interface DiagnoseRequest extends Dataset {
  /** The number of near misses per need; defaults to 3. */
  near_misses?: Nullable<number>;
  /** The display language of sentences; defaults to English. */
  lang?: Nullable<Lang>;
}

/** A request to allocate limited places to many needs, or to report on the plan. */
export interface AllocateRequest extends Dataset {
  /** Referrals that people agreed on. */
  fixed?: Nullable<PlanInput>;
  /** Referrals of an earlier plan. */
  previous?: Nullable<PlanInput>;
  /** The deviation from `previous` that is allowed; defaults to `few`. */
  moves?: Nullable<MoveMode>;
  /** The minimum score of a referral, 0 to 1; defaults to 0. */
  min_score?: Nullable<number>;
  /** Allows offers to serve the neighbouring Kreis; defaults to `true`. */
  neighbour_serves?: Nullable<boolean>;
  /** The display language of sentences and names; defaults to English. */
  lang?: Nullable<Lang>;
}

/** A request to resolve typed words to codes. */
export interface ResolveRequest {
  /** The typed words; without `kind`, every kind of code is searched. */
  words?: Nullable<readonly { text: string; kind?: Nullable<CodeKind> }[]>;
  /** The display language of names; defaults to English. */
  lang?: Nullable<Lang>;
  /**
   * The maximum number of suggestions per kind, 0 to 100, for words that are being typed; by default words are whole.
   */
  suggest?: Nullable<number>;
  vocabulary?: Nullable<AdditionsInput>;
}
