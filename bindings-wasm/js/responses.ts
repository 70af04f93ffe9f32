// What comes out: plain data in the wire format.

import type { ComprehensionRow, Criterion, LanguageMode, CodeKind, LanguageLevel, OnUnknown, Pair, Priority, Rule } from "./records.js";

/** The facts of a reason by their names: codes, words and days as text, counts and degrees as numbers. */
export type Facts = Record<string, string | number | string[]>;

/** How one criterion is met, and why. */
export interface Finding {
  criterion: Criterion;
  /** 0 to 1; `null` where the need does not ask. */
  fit: number | null;
  /** Whether the fit is known; an unknown one shows the value that counted. */
  known: boolean;
  weight: number;
  /** Its share of the score: those of a match add up to it. */
  contribution: number;
  rule: Rule;
  /** Whether it excludes the offer. */
  blocks: boolean;
  /** Stable, such as `language.interpreter`. */
  code: string;
  asked: boolean;
  facts: Facts;
  /** The reason as a sentence. */
  text: string;
}

/** What a criterion does, with nothing left out. */
export interface EffectiveRule {
  rule: Rule;
  /** Where a `must` begins to exclude, 0 to 1. */
  minimum: number;
  unknown: OnUnknown;
}

/** A policy with nothing left out, in the order of criteria; it may be changed and given back. */
export interface EffectivePolicy {
  weights: Record<Criterion | "prefer", number>;
  rules: Record<Criterion, EffectiveRule>;
  unknown_fit: number;
  language: {
    levels: Record<LanguageLevel, number>;
    how: Record<LanguageMode, number>;
    order_step: number;
    related: boolean;
    /** Left out where there are none. */
    comprehension?: ComprehensionRow[];
  };
  region: Record<"near_km" | "far_km" | "far_fit" | "neighbour" | "remote", number>;
  crime: Record<"general" | "vague" | "context_open", number>;
  capacity: Record<"comfortable" | "waitlist" | "assessment" | "stale_days" | "assume", number>;
  priority_weights: Record<Priority, number>;
}

/** An offer that nothing excludes. */
export interface Match {
  offer: string;
  /** 0 to 1. */
  score: number;
  /** What a person should check. */
  to_check: Criterion[];
  /** Of the criteria that the need asks; left out with `reasons: false`. */
  reasons?: Finding[];
}

/** The best offers for one need, best first. */
export interface Ranking {
  need: string;
  matches: Match[];
}

/** The answer to a request to rank. */
export interface RankResponse {
  rankings: Ranking[];
}

/** One offer laid beside one need: all ten criteria, excluded or not. */
export interface Explanation extends Pair {
  /** Whether nothing excludes the offer. */
  matches: boolean;
  score: number;
  to_check: Criterion[];
  reasons: Finding[];
}

/** The answer to a request to explain. */
export interface ExplainResponse {
  explanations: Explanation[];
}

/** What would have to change so that one criterion excludes an offer no more. */
export interface RequiredChange {
  criterion: Criterion;
  /** Stable, such as `change.interpreter`. */
  code: string;
  facts: Facts;
  /** The change as a sentence. */
  text: string;
}

/** An excluded offer; only all its changes together make it match. */
export interface NearMiss {
  offer: string;
  score: number;
  to_check: Criterion[];
  blockers: Criterion[];
  changes: RequiredChange[];
}

/** How many offers a criterion excludes, and how many it alone. */
export interface BlockedOffers {
  criterion: Criterion;
  offers: number;
  only: number;
}

/** Why so few offers match one need. */
export interface Diagnosis {
  need: string;
  /** How many there are in all. */
  offers: number;
  matching: number;
  blocked: BlockedOffers[];
  near_misses: NearMiss[];
}

/** The answer to a request to diagnose. */
export interface DiagnoseResponse {
  diagnoses: Diagnosis[];
}

/** One thing that is wrong, or that a person should look at. */
export interface ErrorDetail {
  /** Stable, such as `offer.language.unknown_tag`. */
  code: string;
  /** The place, such as `offers[3].languages[0]`; empty for the whole. */
  path: string;
  message: string;
  hint: string | null;
}

/** What was found in records. */
export interface CheckReport {
  /** How many there are, wrong ones included. */
  offers: number;
  needs: number;
  /** What is wrong: at most 100. */
  errors: ErrorDetail[];
  /** What can be used as it is, and may be meant otherwise: at most 100. */
  warnings: ErrorDetail[];
}

/** How a candidate was found. */
export type ResolvedBy = "exact" | "alias" | "umbrella" | "completed" | "typo";

/** One code that may be meant by what was typed. */
export interface Candidate {
  kind: CodeKind;
  code: string;
  /** The setting that goes with a crime; left out where there is none. */
  context?: string[];
  name: string;
  /** Only `exact` and `alias` name one code for certain; of an `umbrella` a person must choose, a `typo` confirm. */
  how: ResolvedBy;
  /** 0 to 1. */
  score: number;
  /** The word that was completed; left out where the name itself begins so. */
  word?: string;
}

/** What one word may mean. */
export interface ResolvedWord {
  text: string;
  /** Best first within each sort of code. */
  candidates: Candidate[];
}

/** The answer to a request to resolve. */
export interface ResolveResponse {
  resolved: ResolvedWord[];
}

/** What a plan is worth, level by level: people by priority, earlier referrals kept, weighted score. */
export interface Objective {
  people: Record<Priority, number>;
  kept: number;
  score: number;
}

/** What one more place adds; priorities without a change are left out, and below 0 others give way. */
export interface Price {
  people: Partial<Record<Priority, number>>;
  kept: number;
  score: number;
}

/** An offer and some needs of a group. */
export interface GroupPart {
  offer: string;
  needs: string[];
}

/** The facts of why a need got nothing; only those of its reason are there. */
export interface UnmetFacts {
  /** `no_offer`: why nothing matches, and what comes nearest. */
  diagnosis?: Diagnosis;
  /** `no_common_offer`: whom each offer does not match. */
  blocks?: GroupPart[];
  /** `no_common_offer`: parts that could go, each to one offer. */
  split?: GroupPart[];
  /** `party_too_large`: how many must stay together. */
  people?: number;
  /** `party_too_large`: the most places that are left at one offer. */
  left?: number;
  /** `place_unknown`: the offers to phone. */
  to_phone?: string[];
  /** `no_place`: how many offers match. */
  offers?: number;
  /** `no_place`: how many needs have their places. */
  taken_by?: number;
}

/** A need that got nothing, and why. */
export interface UnmetNeed {
  need: string;
  reason: "no_offer" | "no_common_offer" | "party_too_large" | "place_unknown" | "no_place";
  facts: UnmetFacts;
  /** The reason as a sentence. */
  text: string;
}

/** A need given to an offer. */
export interface Referral extends Pair {
  score: number;
  /** Whether people agreed on it before. */
  fixed: boolean;
  /** Whether the offer is for the neighbouring Kreis. */
  neighbour: boolean;
  to_check: Criterion[];
  /** What a fixed referral breaks. */
  breaks: Criterion[];
}

/** What an offer has and gives. */
export interface OfferUsage {
  offer: string;
  /** `null` where there is no limit. */
  places: number | null;
  used: number;
  /** Whether the places are only assumed: to phone first. */
  assumed: boolean;
  /** What one more place would add. */
  price: Price;
  /** Whether the price is exact; with parties it may not be. */
  exact: boolean;
  /** With parties, the fewest more places with which someone unmet would fit. */
  helps: number | null;
}

/** How good a plan is. */
export interface Certificate {
  /** Whether no plan is better. */
  optimal: boolean;
  /** By how much a better one could exceed it at the first level that differs; `null` where it is optimal. */
  gap: Objective | null;
  /** Whether the proof was checked. */
  verified: boolean;
}

/** A plan: who gets nothing and why, who goes where, what the offers give, and the proof. */
export interface AllocateResponse {
  unmet: UnmetNeed[];
  referrals: Referral[];
  offers: OfferUsage[];
  objective: Objective;
  /** What no plan can exceed. */
  bound: Objective;
  certificate: Certificate;
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

/** One row of a table. */
export interface ReportRow extends Tally {
  /** `null` where the needs do not say. */
  code: string | null;
  /** Left out where there is no code, and for priorities. */
  name?: string;
}

/** A code and its name. */
export interface NamedCode {
  code: string;
  name: string;
}

/** An offer of which one more place would be worth something. */
export interface Bottleneck {
  offer: string;
  places: number | null;
  used: number;
  price: Objective;
  exact: boolean;
  helps: number | null;
}

/** What unmet needs have in common: an offer that would help if it existed. */
export interface MissingOffer {
  help: NamedCode | null;
  language: NamedCode | null;
  region: NamedCode | null;
  needs: number;
  people: number;
  people_by_priority: Record<Priority, number>;
}

/** What a plan amounts to. */
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
  /** The offers that would help most if they existed. */
  wanted: MissingOffer[];
  objective: Objective;
  bound: Objective;
}
