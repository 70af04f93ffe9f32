// Validates the options of an imported request: fixed referrals, earlier referrals, and limits.

import { LotseError, Matcher, type ErrorDetail, type Need, type Offer } from "lotse";
import type { WireRequest } from "./own-format.js";

// It depends on capacities, which the placeholder offers lack; the plan reports it.
const NEEDS_CAPACITIES = "request.fixed.over_places";

/** Returns the errors that the library finds in the options, without making a plan. */
export function validateRequest(
  request: WireRequest,
  { offers, needs }: { offers: Offer[]; needs: Need[] },
): ErrorDetail[] {
  const { fixed, previous, moves, min_score: minScore, neighbour_serves: neighbourServes } = request;
  const all = { fixed, previous, moves, minScore, neighbourServes };
  const options = Object.fromEntries(Object.entries(all).filter(([, value]) => value != null));
  try {
    // The options refer to ids only, and all other fields of the records are checked separately.
    const matcher = new Matcher({ offers: idsOf(offers).map((id) => ({ id })) });
    try {
      matcher.allocate(
        idsOf(needs).map((id) => ({ id })),
        { ...options, onProgress: () => false },
      );
    } finally {
      matcher.free();
    }
  } catch (error) {
    const errors = error instanceof LotseError ? error.errors : [];
    return errors.filter(
      ({ path, code }) => code !== NEEDS_CAPACITIES && /^(fixed|previous|moves|min_score|neighbour)/.test(path),
    );
  }
  return [];
}

/** Returns the distinct valid ids; the records are not validated yet. */
function idsOf(records: readonly unknown[]): string[] {
  const ids = records.map((record) => (record as { id?: unknown } | null)?.id);
  return [...new Set(ids.filter((id) => typeof id === "string" && id !== ""))] as string[];
}
