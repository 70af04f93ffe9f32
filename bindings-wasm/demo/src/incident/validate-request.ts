// Checks what a loaded request says about the plan itself: what is fixed, what was before, and the options.

import { LotseError, Matcher, type ErrorDetail, type Need, type Offer } from "lotse";
import type { WireRequest } from "./detect-format.js";

/** What the library finds wrong, before any plan is made. */
export function checkOrder(request: WireRequest, { offers, needs }: { offers: Offer[]; needs: Need[] }): ErrorDetail[] {
  const { fixed, previous, moves, min_score: minScore, neighbour_serves: neighbourServes } = request;
  const order = { fixed, previous, moves, minScore, neighbourServes };
  const given = Object.fromEntries(Object.entries(order).filter(([, value]) => value != null));
  try {
    // The ids are all that counts here; what else is in the records is checked by itself.
    const matcher = new Matcher({ offers: idsOf(offers).map((id) => ({ id })) });
    try {
      matcher.allocate(
        idsOf(needs).map((id) => ({ id })),
        { ...given, onProgress: () => false },
      );
    } finally {
      matcher.free();
    }
  } catch (error) {
    const errors = error instanceof LotseError ? error.errors : [];
    return errors.filter(({ path, code }) => code !== OVER && /^(fixed|previous|moves|min_score|neighbour)/.test(path));
  }
  return [];
}

/** Depends on the places, which the bare ids do not tell; the plan tells it. */
const OVER = "request.fixed.over_places";

/** Records may be anything yet. */
function idsOf(records: readonly unknown[]): string[] {
  const ids = records.map((record) => (record as { id?: unknown } | null)?.id);
  return [...new Set(ids.filter((id) => typeof id === "string" && id !== ""))] as string[];
}
