// A program that waits for the module, and works in the page and in a worker.

import { LotseError, Matcher, ready, wire } from "lotse";
import { spawnMatcher } from "lotse/worker";

const SETUP = {
  offers: [
    { id: "o-1", languages: ["de", "uk"], capacity: 2 },
    { id: "o-2", languages: ["de"] },
    { id: "o-3", languages: [{ tag: "uk", how: "interpreter" }] },
  ],
  asOf: "2026-11-23",
};
const NEED = { id: "n-1", languages: ["uk"] };

const ranking = (matches) => matches.map(({ offer, score }) => `${offer} ${score}`).join(", ");

async function show() {
  await ready();
  const here = ranking(new Matcher(SETUP).rank(NEED));
  const matcher = await spawnMatcher(SETUP);
  const there = ranking(await matcher.rank(NEED));
  const refused = await matcher.rank({ id: "n-1", age: -1 }).catch((thrown) => thrown);
  matcher.terminate();
  return [here, there, refused instanceof LotseError && refused.name, Object.keys(wire).length].join(" | ");
}

show()
  .catch((failure) => `${failure?.stack ?? failure}`)
  .then((outcome) => (globalThis.outcome = outcome));
