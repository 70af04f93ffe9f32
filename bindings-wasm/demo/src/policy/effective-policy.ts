// The effective policy: every key with its value, as the library completes it.

import { Matcher, type Criterion, type EffectivePolicy, type Policy } from "lotse";
import { policy } from "../store.js";

/** Completes a policy by the defaults. Throws a `LotseError` if it is not valid. */
export function completePolicy(partial: Policy): EffectivePolicy {
  const matcher = new Matcher({ policy: partial });
  try {
    return matcher.policy();
  } finally {
    matcher.free();
  }
}

export function currentPolicy(): EffectivePolicy {
  return policy.value;
}

/** Returns all criteria in their order. */
export function criteria(): Criterion[] {
  return Object.keys(currentPolicy().rules) as Criterion[];
}

export function isDefaultPolicy(): boolean {
  return JSON.stringify(currentPolicy()) === JSON.stringify(completePolicy({}));
}
