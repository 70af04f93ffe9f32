// A policy with nothing left out, as the library tells it, and changes to it.

import { Matcher, type Criterion, type How, type Level, type Policy, type Priority, type Rule } from "lotse";
import { policy } from "../desk.js";

interface FullRule {
  rule?: Rule;
  minimum?: number;
  unknown?: "allow" | "exclude";
}

export interface FullPolicy {
  weights: Record<Criterion | "prefer", number>;
  rules: Partial<Record<Criterion, FullRule>>;
  unknown_fit: number;
  language: { levels: Record<Level, number>; how: Record<How, number>; order_step: number; related: boolean };
  region: Record<"near_km" | "far_km" | "far_fit" | "neighbour" | "remote", number>;
  crime: Record<"general" | "vague" | "context_open", number>;
  capacity: Record<"comfortable" | "waitlist" | "assessment" | "stale_days" | "assume", number>;
  priority_weights: Record<Priority, number>;
}

export const CRITERIA: readonly Criterion[] = [
  "help",
  "crime",
  "language",
  "region",
  "capacity",
  "role",
  "gender",
  "age",
  "format",
  "access",
];

/** Fills the defaults in; throws a `LotseError` if the policy is not valid. */
export function inFull(written: Policy): FullPolicy {
  const matcher = new Matcher({ policy: written });
  try {
    // The library tells every field, and rules in their long form.
    return matcher.policy() as FullPolicy;
  } finally {
    matcher.free();
  }
}

export function thePolicy(): FullPolicy {
  return policy.value as FullPolicy;
}

/** Changes a copy and puts it in force; throws and changes nothing if it is not valid. */
export function change(edit: (draft: FullPolicy) => void): void {
  const draft = structuredClone(thePolicy());
  edit(draft);
  policy.value = inFull(draft as Policy);
}

/** The rule in force for a criterion. */
export function ruleOf(criterion: Criterion): { rule: Rule; unknown: "allow" | "exclude"; minimum: number } {
  const written = thePolicy().rules[criterion];
  return {
    rule: written?.rule ?? "must",
    unknown: written?.unknown ?? "allow",
    minimum: written?.minimum ?? (criterion === "language" ? 0.25 : 0.0001),
  };
}

export function isDefault(): boolean {
  return JSON.stringify(thePolicy()) === JSON.stringify(inFull({}));
}
