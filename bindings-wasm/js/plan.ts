import type { AllocateAnswer, Certificate, OfferUse, Referral, Unmet, Worth } from "./responses.js";

/** The data of a plan: who gets nothing and why, who goes where, what the offers give, and the proof. */
export abstract class Plan implements AllocateAnswer {
  /** The needs without a place, in the order of ids. */
  readonly unmet: Unmet[];
  /** Who goes where, in the order of the needs' ids. */
  readonly referrals: Referral[];
  /** All offers, in the order of ids. */
  readonly offers: OfferUse[];
  /** What the plan is worth. */
  readonly objective: Worth;
  /** What no plan can exceed. */
  readonly bound: Worth;
  /** How good the plan is. */
  readonly certificate: Certificate;

  protected constructor({ unmet, referrals, offers, objective, bound, certificate }: AllocateAnswer) {
    this.unmet = unmet;
    this.referrals = referrals;
    this.offers = offers;
    this.objective = objective;
    this.bound = bound;
    this.certificate = certificate;
  }

  /** The plan in the wire format. */
  toJSON(): AllocateAnswer {
    const { unmet, referrals, offers, objective, bound, certificate } = this;
    return { unmet, referrals, offers, objective, bound, certificate };
  }
}
