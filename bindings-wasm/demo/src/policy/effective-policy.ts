// A policy with nothing left out, as the library tells it, and changes to it.

import { Matcher, type Criterion, type Policy, type EffectivePolicy } from "lotse";
import { policy } from "../store.js";

/** Fills the defaults in; throws a `LotseError` if the policy is not valid. */
export function inFull(written: Policy): EffectivePolicy {
  const matcher = new Matcher({ policy: written });
  try {
    return matcher.policy();
  } finally {
    matcher.free();
  }
}

export function thePolicy(): EffectivePolicy {
  return policy.value;
}

/** All criteria, in their order. */
export function criteria(): Criterion[] {
  return Object.keys(thePolicy().rules) as Criterion[];
}

export function isDefault(): boolean {
  return JSON.stringify(thePolicy()) === JSON.stringify(inFull({}));
}
