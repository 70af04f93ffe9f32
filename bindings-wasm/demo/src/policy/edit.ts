// Edits of the effective policy.

import type { EffectivePolicy } from "lotse";
import { policy } from "../store.js";
import { inFull, thePolicy } from "./effective-policy.js";

/** Applies an edit and shows its errors; returns whether the policy was valid. */
export type Edit = (apply: () => void) => boolean;

/** Changes a copy of the policy and sets it. Throws a `LotseError` and changes nothing if the result is not valid. */
export function change(edit: (draft: EffectivePolicy) => void): void {
  const draft = structuredClone(thePolicy());
  edit(draft);
  policy.value = inFull(draft);
}
