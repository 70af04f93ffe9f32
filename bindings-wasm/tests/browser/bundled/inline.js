// A program with the inline entry, which needs no ready().

import { Matcher } from "lotse/inline";

const matcher = new Matcher({
  offers: [
    { id: "o-1", languages: ["de", "uk"], capacity: 2 },
    { id: "o-2", languages: ["de"] },
    { id: "o-3", languages: [{ tag: "uk", how: "interpreter" }] },
  ],
  asOf: "2026-11-23",
});

globalThis.outcome = matcher
  .rank({ id: "n-1", languages: ["uk"] })
  .map(({ offer, score }) => `${offer} ${score}`)
  .join(", ");
