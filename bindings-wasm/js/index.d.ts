/** A date as text, like `2026-11-23`. */
export type IsoDate = string;

/** One request: the records, and what the operation takes. */
export interface Request {
  offers?: readonly object[] | null;
  needs?: readonly object[] | null;
  policy?: object | null;
  vocabulary?: object | null;
  /** Today, if left out. */
  as_of?: IsoDate | null;
  lang?: "de" | "en" | "de-simple" | null;
}

export interface RankRequest extends Request {
  top?: number | null;
  reasons?: boolean | null;
}

export interface ExplainRequest extends Request {
  pairs?: readonly Pair[] | null;
}

export interface DiagnoseRequest extends Request {
  /** How many of the nearest excluded offers for each need; 3 if left out. */
  near_misses?: number | null;
}

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

/** How one criterion is met, and why. */
export interface Reason {
  criterion: Criterion;
  fit: number | null;
  known: boolean;
  weight: number;
  contribution: number;
  rule: "must" | "prefer" | "ignore";
  blocks: boolean;
  code: string;
  asked: boolean;
  facts: Record<string, string | number | string[]>;
  text: string;
}

export interface Match {
  offer: string;
  score: number;
  to_check: Criterion[];
  /** Left out with `reasons: false`. */
  reasons?: Reason[];
}

export interface RankAnswer {
  rankings: { need: string; matches: Match[] }[];
}

export interface Explanation {
  need: string;
  offer: string;
  matches: boolean;
  score: number;
  to_check: Criterion[];
  reasons: Reason[];
}

export interface ExplainAnswer {
  explanations: Explanation[];
}

/** What would have to change so that one criterion excludes an offer no more. */
export interface Change {
  criterion: Criterion;
  code: string;
  facts: Record<string, string | number | string[]>;
  text: string;
}

/** An excluded offer; only all its changes together make it match. */
export interface NearMiss {
  offer: string;
  score: number;
  to_check: Criterion[];
  blockers: Criterion[];
  changes: Change[];
}

/** Why so few offers match one need. */
export interface Diagnosis {
  need: string;
  /** How many there are in all. */
  offers: number;
  matching: number;
  /** How many offers each criterion excludes, and how many it alone. */
  blocked: { criterion: Criterion; offers: number; only: number }[];
  near_misses: NearMiss[];
}

export interface DiagnoseAnswer {
  diagnoses: Diagnosis[];
}

/** One thing that is wrong. */
export interface Detail {
  code: string;
  path: string;
  message: string;
  hint: string | null;
}

export interface CheckAnswer {
  offers: number;
  needs: number;
  errors: Detail[];
  warnings: Detail[];
}

/** What sort of code a word is meant for. */
export type Kind = "language" | "region" | "crime" | "context" | "help" | "role" | "access";

export interface ResolveRequest {
  /** What was typed; without `kind`, every sort of code is looked for. */
  words?: readonly { text: string; kind?: Kind | null }[] | null;
  /** The language of names in the answer; English if left out. */
  lang?: "de" | "en" | "de-simple" | null;
  vocabulary?: object | null;
}

/** One code that may be meant by what was typed. */
export interface Candidate {
  kind: Kind;
  code: string;
  /** The setting that goes with a crime; left out where there is none. */
  context?: string[];
  name: string;
  /** Only `exact` and `alias` name one code for certain; of an `umbrella` a person must choose, a `typo` confirm. */
  how: "exact" | "alias" | "umbrella" | "typo";
  score: number;
}

export interface ResolveAnswer {
  resolved: { text: string; candidates: Candidate[] }[];
}

/** A referral: a need given to an offer. */
export interface Pair {
  need: string;
  offer: string;
}

export interface AllocateRequest extends Request {
  /** Referrals that people agreed on; with `counted`, their places are already taken off the free ones. */
  fixed?: readonly { need: string; offer: string; counted?: boolean | null }[] | null;
  /** Referrals of an earlier plan. */
  previous?: readonly Pair[] | null;
  /** What may be done with the earlier ones; `few` if left out. */
  moves?: "none" | "few" | "free" | null;
  /** Least score of a referral, 0 to 1. */
  min_score?: number | null;
  /** Whether an offer may serve the neighbouring Kreis; true if left out. */
  neighbour_serves?: boolean | null;
}

export type Priority = "stat" | "asap" | "urgent" | "routine";

/** What a plan is worth, level by level: people by priority, referrals kept, weighted score. */
export interface Worth {
  people: Record<Priority, number>;
  kept: number;
  score: number;
}

/** What one more place adds; priorities without a change are left out. */
export interface Price {
  people: Partial<Record<Priority, number>>;
  kept: number;
  score: number;
}

/** Why a need got nothing; the facts are those of the reason. */
export interface Unmet {
  need: string;
  reason: "no_offer" | "no_common_offer" | "party_too_large" | "place_unknown" | "no_place";
  facts: {
    diagnosis?: Diagnosis;
    blocks?: { offer: string; needs: string[] }[];
    split?: { offer: string; needs: string[] }[];
    people?: number;
    left?: number;
    to_phone?: string[];
    offers?: number;
    taken_by?: number;
  };
  text: string;
}

export interface Referral extends Pair {
  score: number;
  fixed: boolean;
  neighbour: boolean;
  to_check: Criterion[];
  breaks: Criterion[];
}

export interface OfferUse {
  offer: string;
  /** `null` where there is no limit. */
  places: number | null;
  used: number;
  assumed: boolean;
  price: Price;
  exact: boolean;
  helps: number | null;
}

export interface AllocateAnswer {
  unmet: Unmet[];
  referrals: Referral[];
  offers: OfferUse[];
  objective: Worth;
  bound: Worth;
  certificate: { optimal: boolean; gap: Worth | null; verified: boolean };
}

/** Counts that reconcile: met and unmet add up to needs. */
export interface Tally {
  needs: number;
  people: number;
  cases: number;
  met: number;
  met_by_neighbour: number;
  unmet: number;
  people_met: number;
  people_unmet: number;
}

/** One row of a table; no code where the needs do not say. */
export interface Row extends Tally {
  code: string | null;
  name?: string;
}

export interface Named {
  code: string;
  name: string;
}

export interface ReportAnswer {
  total: Tally;
  by_priority: Row[];
  by_help: Row[];
  by_language: Row[];
  by_region: Row[];
  by_crime: Row[];
  /** Offers of which one more place would be worth something, highest price first. */
  bottlenecks: {
    offer: string;
    places: number | null;
    used: number;
    price: Worth;
    exact: boolean;
    helps: number | null;
  }[];
  /** Offers that would help most if they existed. */
  wanted: {
    help: Named | null;
    language: Named | null;
    region: Named | null;
    needs: number;
    people: number;
    people_by_priority: Record<Priority, number>;
  }[];
  objective: Worth;
  bound: Worth;
}

/** What is wrong with a request. Branch on `code`, which is stable. */
export class LotseError extends Error {
  private constructor();
  readonly name: "LotseError";
  readonly code: string;
  readonly path: string;
  readonly hint: string | null;
  /** Everything that was found, the first one included. */
  readonly errors: Detail[];
}

/**
 * Loads the module; may be called again at no cost. Every other function works only after it.
 *
 * @param source the bytes of `lotse.wasm` or its address, if it is not found beside this file
 */
export function ready(source?: BufferSource | URL | Response | WebAssembly.Module): Promise<void>;

/** The version of the library. */
export function version(): string;

/** Ranks the offers for each need, best first, with a reason for every point of the score. */
export function rank(request: RankRequest | string): RankAnswer;

/** Explains pairs of needs and offers: all ten criteria, excluded pairs too. */
export function explain(request: ExplainRequest | string): ExplainAnswer;

/** Tells why so few offers match: what excludes how many of them, and what would have to change for the nearest. */
export function diagnose(request: DiagnoseRequest | string): DiagnoseAnswer;

/** Gives many needs to offers of limited places in one provably best plan; those who get nothing come first. */
export function allocate(request: AllocateRequest | string): AllocateAnswer;

/** Tells what a plan amounts to: who is served, which offers are short of places, and which are missing. */
export function report(request: AllocateRequest | string): ReportAnswer;

/** Checks records without ranking, and finds all errors and warnings at once. */
export function check(request: Request | string): CheckAnswer;

/** Finds the codes for words as people type them: candidates, best first, never silently wrong. */
export function resolve(request: ResolveRequest | string): ResolveAnswer;
