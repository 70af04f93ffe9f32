// `allocate`, with all that it tells, and `solve`, which gets the scores only, as do the solvers from npm beside them.

import { deepStrictEqual } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { problemOf, told } from "./problem.mjs";
import { contender, start } from "./process.mjs";
import { AS_OF, everywhere, incident, readRecords, writeRecords } from "./records.mjs";
import { SOLVERS } from "./solvers.mjs";
import { median, takeTurns, timed } from "./turns.mjs";

export const contenders = {
  objects: (given) => allocate(given, ({ needs }) => needs),
  text: (given) => allocate(given, ({ texts }) => texts.needs),
  solve: (given) => solver(ours(given, rowsOf), given),
  sparse: (given) => solver(ours(given, entriesOf), given),
  ...Object.fromEntries(Object.entries(SOLVERS).map(([name, load]) => [name, (given) => solver(load, given)])),
};

export async function allocation({ ours, dist, data, problem: name, needs, offers, rounds }) {
  const folder = join(data, `allocation-${name}-${needs}-${offers}`);
  const places = Math.round(needs * 0.9);
  writeRecords(folder, name === "incident" ? incident(needs, offers) : everywhere(ours, needs, offers, places, folder));
  const given = { dist, folder };
  const { problem, best } = writeProblem(given);

  const all = [start("native", ours, ["text", "allocate", folder], ({ parts }) => parts.text * 1e3)];
  const failed = [];
  for (const name of Object.keys(contenders)) {
    const one = await contender(name, import.meta.filename, given);
    const first = await one.turn();
    if (first.plan === undefined) {
      failed.push([`${name}: ${first.failure}`, NaN]);
      await one.end();
      continue;
    }
    deepStrictEqual(first.plan, best, `${name} finds another plan`);
    all.push({ ...one, turn: async () => (await one.turn()).took });
  }
  const turns = await takeTurns(await Promise.all(all), { rounds });

  const sum = (numbers) => numbers.reduce((sum, one) => sum + one, 0);
  const size = `${needs} × ${offers}, ${problem.ways.length} ways, ${sum(problem.places)} places`;
  const beside = ["objects", "solve"].flatMap((name) => [median(turns[name]), name]);
  const row = (name, as = name) => [as, median(turns[name]), ...beside];
  return [
    [`Allocation, ${name}, ${size}, ${sum(Object.values(best.people))} served`],
    row("objects", "lotse, needs as objects"),
    row("text", "lotse, needs as text"),
    row("native", "native, text to text"),
    row("solve", "lotse, `solve` on rows"),
    row("sparse", "lotse, `solve` on entries"),
    ...Object.keys(SOLVERS)
      .filter((name) => turns[name])
      .map((name) => row(name)),
    ...failed,
  ];
}

function prepared({ dist, folder }) {
  const { Matcher } = createRequire(import.meta.url)(join(dist, "node.cjs"));
  const records = readRecords(folder);
  const matcher = new Matcher({ offers: records.offers, policy: records.policy, asOf: AS_OF });
  return { ...records, Matcher, matcher };
}

function allocate(given, needsOf) {
  const { matcher, ...records } = prepared(given);
  const needs = needsOf(records);
  return () => {
    const [took, { objective }] = timed(() => matcher.allocate(needs));
    return { took, plan: { people: objective.people, score: objective.score } };
  };
}

/** `solve`, on values in some form. */
function ours({ dist }, valuesOf) {
  const { solve } = createRequire(import.meta.url)(join(dist, "node.cjs"));
  return () => (problem) => {
    const wayTo = problem.places.map(() => new Array(problem.needs));
    problem.ways.forEach(({ need, offer }, way) => (wayTo[offer][need] = way));
    // Here the first class is served first.
    const classes = problem.classes.map((one) => 3 - one);
    const given = { values: valuesOf(problem), places: problem.places, classes };
    return () => solve(given).assignment.flatMap((offer, need) => (offer === null ? [] : wayTo[offer][need]));
  };
}

function rowsOf({ needs, places, ways }) {
  const rows = Array.from({ length: needs }, () => places.map(() => null));
  ways.forEach(({ need, offer, value }) => (rows[need][offer] = value));
  return rows;
}

function entriesOf({ needs, ways }) {
  const column = (name) => ways.map((way) => way[name]);
  return { supplies: column("need"), sinks: column("offer"), values: column("value"), length: needs };
}

async function solver(load, { folder }) {
  const problem = JSON.parse(readFileSync(join(folder, "problem.json"), "utf8"));
  const prepare = await load();
  return () => {
    const solve = prepare(problem);
    // The form that it takes is not its work, nor what is left of making it.
    globalThis.gc();
    try {
      const [took, taken] = timed(solve);
      return { took, plan: told(problem, taken) };
    } catch ({ message }) {
      return { failure: message };
    }
  };
}

function writeProblem(given) {
  const { matcher, Matcher, needs, offers } = prepared(given);
  const { objective, certificate, offers: used } = matcher.allocate(needs);
  deepStrictEqual([certificate.optimal, certificate.verified], [true, true]);
  const policy = matcher.policy();
  // All matches of all needs, whatever the places.
  const rules = { ...policy.rules, capacity: { rule: "must", minimum: 0, unknown: "allow" } };
  const everyWay = new Matcher({ offers, policy: { ...policy, rules }, asOf: AS_OF });
  const rankings = everyWay.rankAll(needs, { top: offers.length, reasons: false });
  const problem = problemOf({ needs, offers, policy, rankings, used });
  writeFileSync(join(given.folder, "problem.json"), JSON.stringify(problem));
  return { problem, best: { people: objective.people, score: objective.score } };
}
