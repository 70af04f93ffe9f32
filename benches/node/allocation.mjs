// Benchmarks `allocate`, with its whole response, and `solve` and solvers from npm, which get the scores only.

import { deepStrictEqual } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { createProblem, objectiveOf } from "./problem.mjs";
import { contender, start } from "./process.mjs";
import { AS_OF, everywhere, incident, readRecords, writeRecords } from "./records.mjs";
import { SOLVERS } from "./solvers.mjs";
import { median, takeTurns, timed } from "./turns.mjs";

export const contenders = {
  objects: (given) => allocate(given, ({ needs }) => needs),
  text: (given) => allocate(given, ({ texts }) => texts.needs),
  solve: (given) => solver(lotseSolver(given, denseValues), given),
  sparse: (given) => solver(lotseSolver(given, sparseValues), given),
  ...Object.fromEntries(Object.entries(SOLVERS).map(([name, load]) => [name, (given) => solver(load, given)])),
};

export async function allocation({ ours, dist, data, problem: name, needs, offers, rounds }) {
  const folder = join(data, `allocation-${name}-${needs}-${offers}`);
  const places = Math.round(needs * 0.9);
  writeRecords(folder, name === "incident" ? incident(needs, offers) : everywhere(ours, needs, offers, places, folder));
  const given = { dist, folder };
  const { problem, best } = writeProblem(given);

  const entrants = [start("native", ours, ["text", "allocate", folder], ({ parts }) => parts.text * 1e3)];
  const failed = [];
  for (const name of Object.keys(contenders)) {
    const entrant = await contender(name, import.meta.filename, given);
    const first = await entrant.turn();
    if (first.plan === undefined) {
      failed.push([`${name}: ${first.failure}`, NaN]);
      await entrant.end();
      continue;
    }
    deepStrictEqual(first.plan, best, `${name} finds another plan`);
    entrants.push({ ...entrant, turn: async () => (await entrant.turn()).took });
  }
  const turns = await takeTurns(await Promise.all(entrants), { rounds });

  const sum = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
  const size = `${needs} × ${offers}, ${problem.edges.length} edges, ${sum(problem.capacities)} places`;
  const baselines = ["objects", "solve"].flatMap((name) => [median(turns[name]), name]);
  const row = (name, as = name) => [as, median(turns[name]), ...baselines];
  return [
    [`Allocation, ${name}, ${size}, ${sum(Object.values(best.people))} served`],
    row("objects", "lotse, needs as objects"),
    row("text", "lotse, needs as text"),
    row("native", "native, text to text"),
    row("solve", "lotse, `solve` on dense values"),
    row("sparse", "lotse, `solve` on sparse values"),
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

/** Loads `solve`, on values in the form that `encode` returns. */
function lotseSolver({ dist }, encode) {
  const { solve } = createRequire(import.meta.url)(join(dist, "node.cjs"));
  return () => (problem) => {
    const edgeTo = problem.capacities.map(() => new Array(problem.needs));
    problem.edges.forEach(({ need, offer }, edge) => (edgeTo[offer][need] = edge));
    // In `solve` class 0 is served first.
    const classes = problem.classes.map((index) => 3 - index);
    const given = { values: encode(problem), capacities: problem.capacities, classes };
    return () => solve(given).assignment.flatMap((offer, need) => (offer === null ? [] : edgeTo[offer][need]));
  };
}

function denseValues({ needs, capacities, edges }) {
  const rows = Array.from({ length: needs }, () => capacities.map(() => null));
  edges.forEach(({ need, offer, value }) => (rows[need][offer] = value));
  return rows;
}

function sparseValues({ needs, edges }) {
  const column = (name) => edges.map((edge) => edge[name]);
  return { supplies: column("need"), sinks: column("offer"), values: column("value"), length: needs };
}

async function solver(load, { folder }) {
  const problem = JSON.parse(readFileSync(join(folder, "problem.json"), "utf8"));
  const prepare = await load();
  return () => {
    const solve = prepare(problem);
    // Encoding is not timed, nor is collecting its garbage.
    globalThis.gc();
    try {
      const [took, taken] = timed(solve);
      return { took, plan: objectiveOf(problem, taken) };
    } catch ({ message }) {
      return { failure: message };
    }
  };
}

function writeProblem(given) {
  const { matcher, Matcher, needs, offers } = prepared(given);
  const { objective, certificate, offers: usages } = matcher.allocate(needs);
  deepStrictEqual([certificate.optimal, certificate.verified], [true, true]);
  const policy = matcher.policy();
  // All matches of all needs, regardless of capacities.
  const rules = { ...policy.rules, capacity: { rule: "must", minimum: 0, unknown: "allow" } };
  const unlimited = new Matcher({ offers, policy: { ...policy, rules }, asOf: AS_OF });
  const rankings = unlimited.rankAll(needs, { top: offers.length, reasons: false });
  const problem = createProblem({ needs, offers, policy, rankings, usages });
  writeFileSync(join(given.folder, "problem.json"), JSON.stringify(problem));
  return { problem, best: { people: objective.people, score: objective.score } };
}
