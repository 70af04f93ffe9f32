import { checkedString, recordsToJson, toJson } from "./json.js";
import type { LangOptions } from "./options.js";
import type { PlanResult } from "./requests.js";
import type { AllocateResponse, Certificate, Objective, OfferUsage, PlanDiff, Referral, Report, UnmetNeed } from "./responses.js";

/** The data of a plan: unmet needs with their reasons, referrals, usage of the offers, and the certificate. */
export abstract class AllocationData implements AllocateResponse {
  /** The needs without a place, in id order. */
  readonly unmet: UnmetNeed[];
  /** The referrals, in the id order of their needs. */
  readonly referrals: Referral[];
  /** The usage of every offer, in id order. */
  readonly offers: OfferUsage[];
  /** The objective that the plan attains. */
  readonly objective: Objective;
  /** An upper bound on the objective of every plan. */
  readonly bound: Objective;
  /** The quality of the plan: whether it is proven optimal, and otherwise the gap. */
  readonly certificate: Certificate;

  protected constructor({ unmet, referrals, offers, objective, bound, certificate }: AllocateResponse) {
    this.unmet = unmet;
    this.referrals = referrals;
    this.offers = offers;
    this.objective = objective;
    this.bound = bound;
    this.certificate = certificate;
  }

  /** Returns the plan in the wire format. */
  toJSON(): AllocateResponse {
    const { unmet, referrals, offers, objective, bound, certificate } = this;
    return { unmet, referrals, offers, objective, bound, certificate };
  }
}

/**
 * The calls of a plan into the core.
 *
 * @internal
 */
export interface CoreAllocation {
  report(lang: string | undefined): string;
  verify(): void;
  diff(before: string, after: string): string;
}

/** A plan of {@link Matcher.allocate}. It is a snapshot: later changes of the matcher do not affect it. */
export class Allocation extends AllocationData {
  readonly #core: CoreAllocation;

  private constructor(response: AllocateResponse, core: CoreAllocation) {
    super(response);
    this.#core = core;
  }

  /** @internal */
  static fromJson(response: string, core: CoreAllocation): Allocation {
    return new this(JSON.parse(response) as AllocateResponse, core);
  }

  /**
   * Repeats the independent check of the plan and its certificate.
   *
   * @throws {LotseError} `problem.unverified`, which is a defect of the library
   */
  verify(): void {
    this.#core.verify();
  }

  /**
   * Returns the difference from this plan to a later one: the needs of both whose outcome differs.
   *
   * @param later a plan, its response, or the response as JSON text
   */
  diff(later: PlanResult | string): PlanDiff {
    return JSON.parse(this.#core.diff(toJson(this), recordsToJson(later))) as PlanDiff;
  }

  /**
   * Returns the totals of the plan, its bottlenecks and the missing offers.
   *
   * @param options `lang` is the display language of names; defaults to that of the plan
   */
  report(options?: LangOptions): Report {
    const lang = options?.lang === undefined ? undefined : checkedString(options.lang, "lang");
    return JSON.parse(this.#core.report(lang)) as Report;
  }
}
