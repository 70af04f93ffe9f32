// Edits of the effective policy.

import type { EffectivePolicy } from "lotse";
import { policy } from "../store.js";
import { completePolicy, currentPolicy } from "./effective-policy.js";

/** Applies an edit and shows its errors; returns `true` if the policy was valid. */
export type ApplyEdit = (apply: () => void) => boolean;

/** Changes a copy of the policy and sets it. Throws a `LotseError` and changes nothing if the result is not valid. */
export function editPolicy(edit: (draft: EffectivePolicy) => void): void {
  const draft = structuredClone(currentPolicy());
  edit(draft);
  policy.value = completePolicy(draft);
}
