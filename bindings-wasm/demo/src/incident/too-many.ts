// Offers to which more people are fixed than they have places: with them no plan can be made.

import { policy, records } from "../desk.js";
import { pins, plan } from "./plan.js";

export interface TooMany {
  offer: string;
  people: number;
  places: number;
}

/** As far as the last plan knows the places. */
export function tooMany(): TooMany[] {
  const known = plan.value;
  if (!known || known.records !== records.value || known.policy !== policy.value) return [];
  const places = new Map(known.answer.offers.map((use) => [use.offer, use.places]));
  const groups = new Map<string, string>();
  const people = new Map<string, number>();
  const add = (offer: string, more: number): void => void people.set(offer, (people.get(offer) ?? 0) + more);

  for (const { need: id, offer, counted } of pins.value.values()) {
    const need = known.needs.get(id);
    if (need?.group) groups.set(need.group, offer);
    else if (!counted) add(offer, need?.people ?? 1);
  }
  // A group goes as a whole, also where one of it is fixed.
  if (groups.size > 0) {
    for (const { id, group, people: size } of known.needs.values()) {
      const offer = group ? groups.get(group) : undefined;
      if (offer !== undefined && !pins.value.get(id)?.counted) add(offer, size ?? 1);
    }
  }
  return [...people].flatMap(([offer, taken]) => {
    const limit = places.get(offer) ?? null;
    return limit !== null && taken > limit ? [{ offer, people: taken, places: limit }] : [];
  });
}
