import type { AllocateResponse, Certificate, OfferUsage, Referral, UnmetNeed, Objective } from "./responses.js";

/** The data of a plan: who gets nothing and why, who goes where, what the offers give, and the proof. */
export abstract class Plan implements AllocateResponse {
  /** The needs without a place, in the order of ids. */
  readonly unmet: UnmetNeed[];
  /** Who goes where, in the order of the needs' ids. */
  readonly referrals: Referral[];
  /** All offers, in the order of ids. */
  readonly offers: OfferUsage[];
  /** What the plan is worth. */
  readonly objective: Objective;
  /** What no plan can exceed. */
  readonly bound: Objective;
  /** How good the plan is. */
  readonly certificate: Certificate;

  protected constructor({ unmet, referrals, offers, objective, bound, certificate }: AllocateResponse) {
    this.unmet = unmet;
    this.referrals = referrals;
    this.offers = offers;
    this.objective = objective;
    this.bound = bound;
    this.certificate = certificate;
  }

  /** The plan in the wire format. */
  toJSON(): AllocateResponse {
    const { unmet, referrals, offers, objective, bound, certificate } = this;
    return { unmet, referrals, offers, objective, bound, certificate };
  }
}
