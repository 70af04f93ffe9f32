// Responses: plain data in the wire format.

import type {
  ComprehensionRow,
  Criterion,
  LanguageMode,
  CodeKind,
  LanguageLevel,
  OnUnknown,
  Pair,
  Priority,
  Rule,
} from "./records.js";
import type { ChangeFacts, FindingFacts, Reason } from "./reasons.js";

/** The outcome of one criterion, with its reason: its `code` decides which facts there are. */
export type Finding = FindingFields & Reason<FindingFacts>;

/** The fields of a finding besides its code and facts. */
export interface FindingFields {
  criterion: Criterion;
  /** The counted fit, 0 to 1; `null` if the need does not request the criterion. */
  fit: number | null;
  /** `true` if the fit is known. */
  known: boolean;
  weight: number;
  /** The share of the score; the contributions of a match add up to its score. */
  contribution: number;
  rule: Rule;
  /** `true` if the criterion excludes the offer. */
  blocks: boolean;
  /** `true` if the need requests the criterion. */
  asked: boolean;
  /** The reason as a sentence. */
  text: string;
}

/** A rule with all its parts. */
export interface EffectiveRule {
  rule: Rule;
  /** The fit below which `must` excludes, 0 to 1. */
  minimum: number;
  unknown: OnUnknown;
}

/** A policy completed by the defaults, in the order of criteria. It is a valid {@link Policy}. */
export interface EffectivePolicy {
  weights: Record<Criterion | "prefer", number>;
  rules: Record<Criterion, EffectiveRule>;
  unknown_fit: number;
  language: {
    levels: Record<LanguageLevel, number>;
    how: Record<LanguageMode, number>;
    order_step: number;
    related: boolean;
    /** Absent if there are no rows. */
    comprehension?: ComprehensionRow[];
  };
  region: Record<"near_km" | "far_km" | "far_fit" | "neighbour" | "remote", number>;
  help: Record<"any" | "covered" | "part", number>;
  crime: Record<"general" | "vague" | "context_open", number>;
  capacity: Record<"enough" | "comfortable" | "waitlist" | "assessment" | "stale_days" | "assume", number>;
  priority_weights: Record<Priority, number>;
}

/** An offer in a ranking: no criterion excludes it. */
export interface Match {
  offer: string;
  /** 0 to 1. */
  score: number;
  /** The criteria that a person should check. */
  to_check: Criterion[];
  /** The findings of the requested criteria; absent with `reasons: false`. */
  reasons?: Finding[];
}

/** The best matches of one need, best first. */
export interface Ranking {
  need: string;
  matches: Match[];
}

/** The response to a {@link RankRequest}. */
export interface RankResponse {
  rankings: Ranking[];
}

/** The assessment of one offer against one need: all ten criteria, also if it is excluded. */
export interface Explanation extends Pair {
  /** `true` if no criterion excludes the offer. */
  matches: boolean;
  score: number;
  to_check: Criterion[];
  reasons: Finding[];
}

/** The response to an {@link ExplainRequest}. */
export interface ExplainResponse {
  explanations: Explanation[];
}

/** A change after which one criterion would no longer exclude the offer: its `code` decides which facts there are. */
export type RequiredChange = RequiredChangeFields & Reason<ChangeFacts>;

/** The fields of a required change besides its code and facts. */
export interface RequiredChangeFields {
  criterion: Criterion;
  /** The change as a sentence. */
  text: string;
}

/** An excluded offer that is close to a match. It would match after all its changes together. */
export interface NearMiss {
  offer: string;
  score: number;
  to_check: Criterion[];
  blockers: Criterion[];
  changes: RequiredChange[];
}

/** The number of offers that a criterion excludes; `only` counts those that no other one excludes. */
export interface BlockedOffers {
  criterion: Criterion;
  offers: number;
  only: number;
}

/** The diagnosis of a need with few matches. */
export interface Diagnosis {
  need: string;
  /** The number of all offers. */
  offers: number;
  matching: number;
  blocked: BlockedOffers[];
  near_misses: NearMiss[];
}

/** The response to a {@link DiagnoseRequest}. */
export interface DiagnoseResponse {
  diagnoses: Diagnosis[];
}

/** One error or warning. */
export interface ErrorDetail {
  /** A stable code, such as `offer.language.unknown_tag`. */
  code: string;
  /** The position in the input, such as `offers[3].languages[0]`; empty for the input as a whole. */
  path: string;
  message: string;
  /** The remedy, or `null` if none is known. */
  hint: string | null;
}

/** The errors and warnings of records. */
export interface CheckReport {
  /** The number of offers, including invalid ones. */
  offers: number;
  /** The number of needs, including invalid ones. */
  needs: number;
  /** At most 100. */
  errors: ErrorDetail[];
  /** Valid input that may be a mistake; at most 100. */
  warnings: ErrorDetail[];
}

/** The way in which a candidate was found. */
export type ResolvedBy = "exact" | "alias" | "umbrella" | "list" | "completed" | "typo";

/** A code that a typed word may mean. */
export interface Candidate {
  kind: CodeKind;
  code: string;
  /** The context of a crime; absent if there is none. */
  context?: string[];
  name: string;
  /**
   * Only a single `exact` or `alias` is certain; of a `list` all are meant; a person must choose from
   * an `umbrella` and confirm a `typo`.
   */
  how: ResolvedBy;
  /** 0 to 1. */
  score: number;
  /** The completed word, if it is not the name. */
  word?: string;
}

/** The candidates for one word. */
export interface ResolvedWord {
  text: string;
  /** Best first within each kind. */
  candidates: Candidate[];
}

/** The response to a {@link ResolveRequest}. */
export interface ResolveResponse {
  resolved: ResolvedWord[];
}

/** A lexicographic objective: people by priority, then kept referrals, then the weighted score. */
export interface Objective {
  people: Record<Priority, number>;
  kept: number;
  score: number;
}

/** A shadow price: the gain by one more place. Unchanged priorities are absent; negative ones give way to others. */
export interface Price {
  people: Partial<Record<Priority, number>>;
  kept: number;
  score: number;
}

/** An offer, and the needs of a group that it matches or excludes. */
export interface GroupPart {
  offer: string;
  /** At most 20. */
  needs: string[];
  /** The number of further needs; absent if there are none. */
  needs_more?: number;
}

/** A need without a referral: its `reason` decides which facts there are. */
export type UnmetNeed = NoOffer | NoCommonOffer | PartyTooLarge | PlaceUnknown | NoPlace;

/** The fields of an unmet need besides its reason and facts. */
export interface UnmetNeedFields {
  need: string;
  /** The reason as a sentence. */
  text: string;
}

/** The facts of an unmet need with any reason. */
export interface UnmetFacts {
  /** The offer of its previous referral; absent if it had none. */
  previous?: string;
}

/** The need has no match under the options. */
export interface NoOffer extends UnmetNeedFields {
  reason: "no_offer";
  facts: NoOfferFacts;
}

/** The facts of a need without a match. */
export interface NoOfferFacts extends UnmetFacts {
  /** The diagnosis, with near misses, without the options. */
  diagnosis: Diagnosis;
  /** The options that rule out matches. */
  options: ("min_score" | "neighbour_serves")[];
}

/** No offer matches every need of the group. */
export interface NoCommonOffer extends UnmetNeedFields {
  reason: "no_common_offer";
  facts: NoCommonOfferFacts;
}

/** The facts of a group without a common offer. */
export interface NoCommonOfferFacts extends UnmetFacts {
  /** The needs that each offer excludes. */
  blocks: GroupPart[];
  /** The number of further offers; absent if there are none. */
  blocks_more?: number;
  /** A split of the group, each part with a common offer. */
  split: GroupPart[];
  /** The number of further parts; absent if there are none. */
  split_more?: number;
}

/** No match has as many places left as the party has people. */
export interface PartyTooLarge extends UnmetNeedFields {
  reason: "party_too_large";
  facts: PartyTooLargeFacts;
}

/** The facts of a party that is too large. */
export interface PartyTooLargeFacts extends UnmetFacts {
  /** The size of the party. */
  people: number;
  /** The maximum of places left at one offer. */
  left: number;
}

/** The places of some match are assumed. */
export interface PlaceUnknown extends UnmetNeedFields {
  reason: "place_unknown";
  facts: PlaceUnknownFacts;
}

/** The facts of a need for which someone should phone. */
export interface PlaceUnknownFacts extends UnmetFacts {
  /** The offers whose capacity is to be asked by phone. */
  to_phone: string[];
  /** The number of further offers; absent if there are none. */
  to_phone_more?: number;
}

/** All matches are full. */
export interface NoPlace extends UnmetNeedFields {
  reason: "no_place";
  facts: NoPlaceFacts;
}

/** The facts of a need whose matches are full. */
export interface NoPlaceFacts extends UnmetFacts {
  /** The number of matching offers. */
  offers: number;
  /** The number of needs that have their places. */
  taken_by: number;
}

/** The referral of a need to an offer. */
export interface Referral extends Pair {
  score: number;
  /** `true` if people agreed on it beforehand. */
  fixed: boolean;
  /** `true` if the offer serves the neighbouring Kreis, not that of the need. */
  neighbour: boolean;
  to_check: Criterion[];
  /** The criteria that exclude the offer; empty unless the referral is fixed, or kept under `moves: "none"`. */
  breaks: Criterion[];
}

/** The usage of an offer in a plan. */
export interface OfferUsage {
  offer: string;
  /** `null` if unlimited. */
  places: number | null;
  used: number;
  /** `true` if the number of places is assumed; confirm it by phone first. */
  assumed: boolean;
  /** The gain by one more place. */
  price: Price;
  /** `true` if the price is exact; with parties it may be an estimate. */
  exact: boolean;
  /**
   * With parties, the fewest extra places with which one more matching unmet party fits while no other referral changes; otherwise
   * `null`.
   */
  helps: number | null;
}

/** The proven quality of a plan. */
export interface Certificate {
  /** `true` if the plan is proven optimal. */
  optimal: boolean;
  /** The bound minus the objective at the first level that differs; `null` if the plan is optimal. */
  gap: Objective | null;
  /** `true` if the certificate was verified. */
  verified: boolean;
}

/** A plan: unmet needs with their reasons, referrals, usage of the offers, and the certificate. */
export interface AllocateResponse {
  unmet: UnmetNeed[];
  referrals: Referral[];
  offers: OfferUsage[];
  objective: Objective;
  /** An upper bound on the objective of every plan. */
  bound: Objective;
  certificate: Certificate;
}

/** A given plan under the policy and the offers of today: what it achieves, and what it violates. Nothing was searched. */
export interface Evaluation {
  /** `true` if the plan violates nothing: `ineligible`, `split_groups` and `over_places` are empty. */
  feasible: boolean;
  /** The needs without a referral, each with its reason, apart from those that are `servable`. */
  unmet: UnmetNeed[];
  /** The referrals of the plan whose need and offer exist. */
  referrals: Referral[];
  /** The ids of the needs without a referral although a matching offer has places left. */
  servable: string[];
  /** The ids of the needs whose outcome no plan has under these options. */
  ineligible: string[];
  /** The groups whose needs do not all go to one offer, or not all to none. */
  split_groups: string[];
  /** The ids of the offers to which the plan refers more people than they have places. */
  over_places: string[];
  /** The objective of all referrals, to be compared with that of a plan of the same needs and options. */
  objective: Objective;
}

/** The outcome of one need in two plans: the id of an offer, or the code of the reason why it is unmet. */
export interface OutcomeChange {
  need: string;
  from: string;
  to: string;
}

/** The needs of two plans whose outcome differs, in id order. A need of only one of the plans is in no list. */
export interface PlanDiff {
  /** From a reason to an offer. */
  newly_met: OutcomeChange[];
  /** From an offer to a reason. */
  newly_unmet: OutcomeChange[];
  /** From an offer to another one. */
  moved: OutcomeChange[];
  /** From a reason to another one. */
  reason_changed: OutcomeChange[];
}

/** Counts of needs, people and cases. `met` and `unmet` add up to `needs`. */
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

/** A row of a table of the report. */
export interface ReportRow extends Tally {
  /** `null` for needs that do not state it. */
  code: string | null;
  /** Absent without a code, and for priorities. */
  name?: string;
}

/** A code and its name. */
export interface NamedCode {
  code: string;
  name: string;
}

/** An offer with a positive shadow price. */
export interface Bottleneck {
  offer: string;
  places: number | null;
  used: number;
  price: Objective;
  exact: boolean;
  helps: number | null;
}

/** An offer that does not exist and would serve unmet needs, given by what these have in common. */
export interface MissingOffer {
  help: NamedCode | null;
  language: NamedCode | null;
  region: NamedCode | null;
  needs: number;
  people: number;
  people_by_priority: Record<Priority, number>;
}

/** The report on a plan: totals, tables, bottlenecks and missing offers. */
export interface Report {
  total: Tally;
  by_priority: ReportRow[];
  by_help: ReportRow[];
  /** By first language. */
  by_language: ReportRow[];
  /** By Kreis. */
  by_region: ReportRow[];
  /** By the first four digits of the crime. */
  by_crime: ReportRow[];
  /** Highest price first. */
  bottlenecks: Bottleneck[];
  /** The missing offers, those that would serve most people first. */
  wanted: MissingOffer[];
  objective: Objective;
  bound: Objective;
}
