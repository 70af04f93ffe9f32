// Transportation problems: an example with its solution, and small random ones.

import { randomFrom } from "./junk.js";

/** Two supplies that compete for one place. */
export const EXAMPLE = { values: [[90, 20], [80, null]], capacities: [1, null] };

const objective = (people, value) => ({ people: [people, 0, 0, 0], kept: 0, value });
export const SOLUTION = {
  assignment: [1, 0],
  flows: [[[1, 1]], [[0, 1]]],
  objective: objective(2, 100),
  bound: objective(2, 100),
  optimal: true,
  prices: [objective(0, 70), objective(0, 0)],
  witnesses: [{ supply: 0, from: 1, moves: 1 }, null],
};

/** Returns dense values in sparse form, in random order. */
export function sparseValues(values, random = randomFrom(1)) {
  const all = values
    .flatMap((row, supply) => [...row].map((value, sink) => ({ supply, sink, value, order: random() })))
    .filter(({ value }) => value !== null)
    .sort((a, b) => a.order - b.order);
  const column = (name) => all.map((entry) => entry[name]);
  return { supplies: column("supply"), sinks: column("sink"), values: column("value"), length: values.length };
}

/** Returns random problems from a seed, small enough for exhaustive search, with every option in some of them. */
export function smallProblems(count, seed) {
  const random = randomFrom(seed);
  const upTo = (most) => Math.floor(random() * (most + 1));
  const maybe = (share, make) => (random() < share ? make() : null);
  const problem = () => {
    const [supplies, sinks] = [1 + upTo(3), 1 + upTo(2)];
    const list = (length, make) => Array.from({ length }, (_, index) => make(index));
    const each = (make) => list(supplies, make);
    const rows = (make) => each(() => list(sinks, make));
    const values = rows(() => maybe(0.8, () => upTo(12) - 2));
    const anyEdge = (supply) => values[supply].map((value, sink) => (value === null ? -1 : sink)).find((sink) => sink >= 0);
    return {
      values,
      capacities: list(sinks, () => maybe(0.9, () => upTo(3))),
      classes: maybe(0.5, () => each(() => maybe(0.8, () => upTo(3)))),
      people: maybe(0.2, () => each(() => list(4, () => maybe(0.8, () => upTo(2))))),
      counts: maybe(0.3, () => each(() => maybe(0.8, () => upTo(2)))),
      sizes: maybe(0.4, () => each(() => maybe(0.8, () => 1 + upTo(2)))),
      previous: maybe(0.3, () => each(() => maybe(0.6, () => upTo(sinks)))),
      kept: maybe(0.2, () => rows(() => maybe(0.5, () => upTo(2)))),
      fixed: maybe(0.2, () => each((supply) => maybe(0.3, () => anyEdge(supply) ?? null))),
    };
  };
  return Array.from({ length: count }, problem);
}
