// Programs that branch on the reason of an unmet need and on the code of a finding. They are compiled, but not run.

import type { Finding, RequiredChange, UnmetNeed } from "lotse";

/** Says what to do next: each reason has its own facts. */
export function nextStep(unmet: UnmetNeed): string {
  switch (unmet.reason) {
    case "no_offer":
      return `${unmet.facts.diagnosis.matching} ${unmet.facts.options.join()}`;
    case "no_common_offer":
      return unmet.facts.split.map(({ offer, needs }) => `${offer}: ${needs.join()}`).join();
    case "party_too_large":
      return `${unmet.facts.people - unmet.facts.left}`;
    case "place_unknown":
      return unmet.facts.to_phone.join();
    case "no_place":
      return `${unmet.facts.offers} ${unmet.facts.taken_by} ${unmet.facts.previous ?? ""}`;
  }
}

export function distance(finding: Finding): number | undefined {
  switch (finding.code) {
    case "region.within":
    case "region.neighbour":
      return finding.facts.km;
    case "language.related":
      return finding.facts.degree;
    case "capacity.free":
      return finding.facts.free;
    default:
      return undefined;
  }
}

export function places(change: RequiredChange): number {
  return change.code === "change.places" ? change.facts.more : 0;
}

export function wrong(unmet: UnmetNeed, finding: Finding): void {
  // @ts-expect-error the facts depend on the reason
  void unmet.facts.taken_by;
  if (unmet.reason === "no_place") {
    // @ts-expect-error a fact of another reason
    void unmet.facts.people;
  }
  // @ts-expect-error no such reason
  void (unmet.reason === "no_room");
  // @ts-expect-error no such code
  void (finding.code === "language.some");
  if (finding.code === "age.above") {
    // @ts-expect-error a fact of another code
    void finding.facts.min;
  }
}
