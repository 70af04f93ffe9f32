// A program with the default entry and a worker.

import { LotseError, Matcher, ready, wire } from "lotse";
import { spawnMatcher } from "lotse/worker";

const OPTIONS = {
  offers: [
    { id: "o-1", languages: ["de", "uk"], capacity: 2 },
    { id: "o-2", languages: ["de"] },
    { id: "o-3", languages: [{ tag: "uk", how: "interpreter" }] },
  ],
  asOf: "2026-11-23",
};
const NEED = { id: "n-1", languages: ["uk"] };

const ranking = (matches) => matches.map(({ offer, score }) => `${offer} ${score}`).join(", ");

async function run() {
  await ready();
  const local = ranking(new Matcher(OPTIONS).rank(NEED));
  const matcher = await spawnMatcher(OPTIONS);
  const remote = ranking(await matcher.rank(NEED));
  const rejected = await matcher.rank({ id: "n-1", age: -1 }).catch((thrown) => thrown);
  matcher.terminate();
  return [local, remote, rejected instanceof LotseError && rejected.name, Object.keys(wire).length].join(" | ");
}

run()
  .catch((failure) => `${failure?.stack ?? failure}`)
  .then((outcome) => (globalThis.outcome = outcome));
