// The records of the benchmarks in Rust, and those of the invented incident.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const AS_OF = "2026-11-23";
export const TOP = 5;

const INCIDENT = new URL("../../core/data/incident/", import.meta.url);
const PRIORITIES = ["routine", "routine", "routine", "routine", "routine", "urgent", "urgent", "asap", "stat"];

/** Writes records of `benches/support/shapes.rs`. */
export function writeShape(ours, shape, needs, offers, folder) {
  execFileSync(ours, ["write-records", shape, String(needs), String(offers), folder]);
}

/** Reads records, and their texts. */
export function readRecords(folder) {
  const text = (name) => readFileSync(join(folder, `${name}.json`), "utf8");
  const texts = { needs: text("needs"), offers: text("offers"), policy: text("policy") };
  const { needs, offers, policy } = texts;
  return { needs: JSON.parse(needs), offers: JSON.parse(offers), policy: JSON.parse(policy), texts };
}

export function writeRecords(folder, { needs, offers, policy = {} }) {
  mkdirSync(folder, { recursive: true });
  for (const [name, records] of Object.entries({ needs, offers, policy })) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(records));
  }
}

/**
 * Repeats the needs and offers of the invented incident under new ids. Every need is a party of size 1 and unlimited
 * offers have ten places, because solvers of assignment problems support nothing else.
 */
export function incident(needs, offers) {
  const read = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, INCIDENT), "utf8"));
  const single = ({ people: _, group: __, ...need }, number) => ({ ...need, id: id("n", number) });
  const limited = ({ capacity, ...offer }, number) => ({
    ...offer,
    id: id("o", number),
    capacity: capacity?.state === "unlimited" ? { free: 10 } : capacity,
  });
  return { needs: repeat(read("needs"), needs).map(single), offers: repeat(read("offers"), offers).map(limited) };
}

/** Creates distinct needs that match every offer, with a limited number of places. */
export function everywhere(ours, needs, offers, places, folder) {
  writeShape(ours, "hard", needs, offers, folder);
  const base = readRecords(folder);
  const below = random(7);
  const free = new Array(offers).fill(0);
  for (let place = 0; place < places; place += 1) {
    free[below(offers)] += 1;
  }
  return {
    needs: base.needs.map(({ people: _, ...need }) => ({ ...need, priority: PRIORITIES[below(PRIORITIES.length)] })),
    offers: base.offers.map((offer, number) => ({ ...offer, capacity: { free: free[number] } })),
    policy: base.policy,
  };
}

const id = (letter, number) => `${letter}-${String(number).padStart(6, "0")}`;
const repeat = (values, count) => Array.from({ length: count }, (_, number) => values[number % values.length]);

// A linear congruential generator: the same numbers in every run.
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
