// `solve`: the allocation problem on its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";

import { LotseError, ready, solve } from "lotse";

import { EXAMPLE, SOLUTION, entriesOf, smallProblems } from "../shared/problems.js";
import { randomFrom } from "../shared/junk.js";
import { UNFIT, deep } from "../shared/unfit.js";
import { solveEncoded } from "./module.js";

await ready();

function refusal(problem) {
  try {
    solve(problem);
  } catch (thrown) {
    assert.ok(thrown instanceof LotseError, thrown);
    const { code, path, message, hint } = thrown;
    assert.deepEqual(thrown.errors[0], { code, path, message, hint });
    return [code, path];
  }
  return assert.fail("nothing was thrown");
}

test("the example of every language", () => {
  assert.deepEqual(solve(EXAMPLE), SOLUTION);
});

test("lists may be typed, frozen, or of another realm", () => {
  const want = solve({ values: [[90, 20], [80, 0]], places: [1, 5] });
  for (const List of [
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
  ]) {
    assert.deepEqual(solve({ values: [List.of(90, 20), List.of(80, 0)], places: List.of(1, 5) }), want, List.name);
  }
  const frozen = Object.freeze([Object.freeze([90, 20]), Object.freeze([80, 0])]);
  assert.deepEqual(solve({ values: frozen, places: Object.freeze([1, 5]) }), want);
  const elsewhere = vm.runInNewContext("({ values: [[90, 20], new Float64Array([80, 0])], places: [1, 5] })");
  assert.deepEqual(solve(elsewhere), want);
  assert.deepEqual(solve(Object.assign(Object.create(null), { ...EXAMPLE, classes: undefined, fixed: null })), SOLUTION);
});

test("entries may come in any order", () => {
  const entries = { supplies: [1, 0, 0], sinks: [0, 1, 0], values: [80, 20, 90] };
  assert.deepEqual(solve({ values: entries, places: [1, null] }), SOLUTION);
  const typed = { supplies: Uint8Array.of(1, 0, 0), sinks: Uint32Array.of(0, 1, 0), values: Float64Array.of(80, 20, 90) };
  assert.deepEqual(solve({ values: { ...typed, length: null }, places: [1, null] }), SOLUTION);
  for (const problem of smallProblems(300, 3)) {
    const entries = { ...problem, values: entriesOf(problem.values, randomFrom(5)) };
    const [rows, other] = [problem, entries].map((one) => {
      try {
        return solve(one);
      } catch ({ code, path }) {
        return { code, path };
      }
    });
    assert.deepEqual(other, rows);
  }
});

test("a supply without an entry goes nowhere", () => {
  const at = (entry) => ({ supplies: [entry], sinks: [0], values: [5] });
  assert.deepEqual(solve({ values: at(1), places: [1] }).assignment, [null, 0]);
  assert.deepEqual(solve({ values: { ...at(1), length: 3 }, places: [1] }).assignment, [null, 0, null]);
  assert.deepEqual(solve({ values: [[], [5]], places: [1] }).assignment, [null, 0]);
  const nothing = { supplies: [], sinks: [], values: [] };
  for (const values of [[], nothing]) {
    const { assignment, prices, optimal } = solve({ values, places: [] });
    assert.deepEqual([assignment, prices, optimal], [[], [], true]);
  }
});

test("classes come before values, and what is kept between them", () => {
  const row = { values: [[90, 20]], places: [1, 1] };
  assert.deepEqual(solve({ values: [[90], [1]], places: [1], classes: [1, 0] }).assignment, [null, 0]);
  assert.deepEqual(solve({ ...row, previous: [1] }).assignment, [1]);
  assert.equal(solve({ ...row, previous: [1] }).objective.kept, 1);
  assert.deepEqual(solve({ ...row, previous: [7] }).assignment, [0]);
  assert.deepEqual(solve({ ...row, kept: [[2, 3]] }).assignment, [1]);
  // What `kept` does not tell, `previous` does.
  assert.equal(solve({ ...row, previous: [0], kept: [[null, 1]] }).assignment[0], 0);
  assert.equal(solve({ ...row, previous: [0], kept: [[0, 1]] }).assignment[0], 1);
  assert.deepEqual(solve({ ...row, fixed: [1] }).assignment, [1]);
  assert.deepEqual(solve({ ...row, previous: [null], fixed: [null] }).assignment, [0]);
});

test("units, what they take, and whom they serve", () => {
  assert.deepEqual(solve({ values: [[5]], places: [7], counts: [9] }).flows, [[[0, 7]]]);
  assert.deepEqual(solve({ values: [[5, 4]], places: [2, null], counts: [5] }).flows, [[[0, 2], [1, 3]]]);
  assert.deepEqual(solve({ values: [[5], [4]], places: [3], sizes: [4, 2] }).assignment, [null, 0]);
  assert.deepEqual(solve({ values: [[5]], places: [4], sizes: [4] }).objective.people, [4, 0, 0, 0]);
  assert.deepEqual(solve({ values: [[5]], places: [4], sizes: [4], classes: [2] }).objective.people, [0, 0, 4, 0]);
  const people = [[0, 1, 0, 0], [0, 0, 9]];
  const solution = solve({ values: [[5], [50]], places: [1], people, classes: [3, 0] });
  assert.deepEqual([solution.assignment, solution.objective.people], [[0, null], [0, 1, 0, 0]]);
  assert.deepEqual(solve({ values: [[5], [50]], places: [2], sizes: [2, 1] }).takers, [], "for single places only");
});

test("large values are exact", () => {
  const large = Number.MAX_SAFE_INTEGER;
  assert.deepEqual(solve({ values: [[large, large - 1], [large, 0]], places: [1, 1] }).assignment, [1, 0]);
  assert.equal(solve({ values: [[-large]], places: [1] }).objective.value, -large);
  // The sums are rounded as any number, but the plan and what is told of it are not.
  const { assignment, objective, optimal } = solve({ values: [[large, 0], [large - 1, 0], [3, 1]], places: [2, 1] });
  assert.deepEqual([assignment, optimal], [[0, 0, 1], true]);
  assert.equal(objective.value, 2 ** 54 - 2);
  const counts = new Array(2).fill(2 ** 32 - 1);
  assert.equal(solve({ values: [[1], [1]], places: [null], counts }).objective.people[0], 2 ** 33 - 2);
});

// Everything that can be done, one way after another.

const ZERO = [0, 0, 0, 0, 0, 0];
const plus = (one, other, times) => one.map((level, index) => level + other[index] * times);
const compare = (one, other) => one.map((level, index) => level - other[index]).find((less) => less !== 0) ?? 0;
const levels = ({ people, kept, value }) => [...people, kept, value];

/** Per supply: how many units, their size, and what one is worth at each sink, level by level. */
function plain({ values, classes, people, counts, sizes, previous, kept, fixed }) {
  return values.map((row, supply) => {
    const size = sizes?.[supply] ?? 1;
    const served = [0, 1, 2, 3].map((one) => (one === (classes?.[supply] ?? 0) ? size : 0));
    const told = people === null ? served : people[supply].map((count) => count ?? 0);
    const ways = row.map((value, sink) => {
      const stays = kept?.[supply][sink] ?? (previous?.[supply] === sink ? 1 : 0);
      return value === null ? null : [...told, stays, value];
    });
    return { count: counts?.[supply] ?? 1, size, ways, fixed: fixed?.[supply] ?? null };
  });
}

/** The best that any plan is worth; nothing where there is none. */
function best(supplies, places) {
  const found = { worth: null };
  const visit = (supply, sink, left, free, worth) => {
    if (supply === supplies.length) {
      found.worth = found.worth === null || compare(worth, found.worth) > 0 ? worth : found.worth;
      return;
    }
    const { count, size, ways, fixed } = supplies[supply];
    if (sink === ways.length) {
      if (fixed === null || left === 0) {
        visit(supply + 1, 0, supplies[supply + 1]?.count, free, worth);
      }
      return;
    }
    const open = ways[sink] !== null && (fixed === null || fixed === sink);
    for (let units = 0; units <= (open ? left : 0) && units * size <= free[sink]; units += 1) {
      const then = free.with(sink, free[sink] - units * size);
      visit(supply, sink + 1, left - units, then, units === 0 ? worth : plus(worth, ways[sink], units));
    }
  };
  visit(0, 0, supplies[0].count, places.map((count) => count ?? Infinity), ZERO);
  return found.worth;
}

test("no plan is better than the one that is found, and it is one", () => {
  const met = { optimal: 0, approximate: 0, impossible: 0 };
  for (const problem of smallProblems(800, 17)) {
    const supplies = plain(problem);
    const want = best(supplies, problem.places);
    if (want === null) {
      assert.equal(refusal(problem)[0], "problem.fixed");
      met.impossible += 1;
      continue;
    }
    const { assignment, flows, objective, bound, optimal } = solve(problem);
    let worth = ZERO;
    const free = problem.places.map((places) => places ?? Infinity);
    flows.forEach((flow, supply) => {
      const { count, size, ways, fixed } = supplies[supply];
      const used = flow.reduce((sum, [, units]) => sum + units, 0);
      assert.ok(used <= count && (fixed === null || used === count));
      assert.equal(assignment[supply], flow[0]?.[0] ?? null);
      for (const [sink, units] of flow) {
        assert.ok(units > 0 && (fixed === null || fixed === sink));
        free[sink] -= units * size;
        worth = plus(worth, ways[sink], units);
      }
    });
    assert.ok(free.every((places) => places >= 0));
    assert.deepEqual(levels(objective), worth);
    assert.ok(compare(levels(bound), want) >= 0 && compare(worth, want) <= 0, JSON.stringify(problem));
    assert.equal(optimal, compare(levels(bound), worth) === 0);
    if (supplies.every(({ size }) => size === 1)) {
      assert.deepEqual([worth, optimal], [want, true]);
    }
    met[optimal ? "optimal" : "approximate"] += 1;
  }
  assert.ok(met.optimal > 500 && met.impossible > 5, JSON.stringify(met));
});

const big = () => {
  const random = randomFrom(9);
  const values = Array.from({ length: 2000 }, () => Array.from({ length: 50 }, () => Math.floor(random() * 1e6)));
  return { values, places: new Array(50).fill(30) };
};

test("progress is told, and stops the work", () => {
  const seen = [];
  const solution = solve(big(), { onProgress: (done, all) => void seen.push([done, all]) });
  assert.deepEqual(solution, solve(big()));
  assert.ok(seen.length > 0 && seen.every(([done, all]) => done === 0 && all === 0), JSON.stringify(seen));
  assert.throws(() => solve(big(), { onProgress: () => false }), { name: "LotseError", code: "stopped" });
  const own = new Error("own");
  assert.throws(() => solve(big(), { onProgress: () => { throw own; } }), (thrown) => thrown === own);
  const inner = [];
  solve(big(), { onProgress: () => void inner.push(solve(EXAMPLE)) });
  assert.deepEqual(inner[0], SOLUTION);
});

// What is refused: the problem, the code and the place.
const VALUES = { values: [[5, 4], [3, 2]], places: [1, 1] };
const ENTRIES = { supplies: [0, 1], sinks: [0, 1], values: [5, 4] };
const entries = (more) => ({ values: { ...ENTRIES, ...more }, places: [1, 1] });
const REFUSED = {
  "values left out": [{ places: [1] }, "problem.type", "values"],
  "values as text": [{ ...VALUES, values: "[[1]]" }, "problem.type", "values"],
  "a row that is none": [{ ...VALUES, values: [[1], 2] }, "problem.type", "values[1]"],
  "a value as text": [{ ...VALUES, values: [[1], [2, "3"]] }, "problem.type", "values[1]"],
  "a value with a fraction": [{ ...VALUES, values: [[0.5]] }, "problem.type", "values[0]"],
  "a value that is not exact": [{ ...VALUES, values: [[2 ** 53]] }, "problem.type", "values[0]"],
  "a hole": [{ ...VALUES, values: [[1], [, 1]] }, "problem.type", "values[1]"],
  "whole numbers of another sort": [{ ...VALUES, values: [BigInt64Array.of(1n)] }, "problem.type", "values[0]"],
  "bytes that are no list": [{ ...VALUES, values: [new DataView(new ArrayBuffer(8))] }, "problem.type", "values[0]"],
  "a row that leads too far": [{ ...VALUES, values: [[1], [1, 2, 3]] }, "problem.sink", "supplies[1].edges[2].sink"],
  "a long row": [{ ...VALUES, values: [[1], new Array(2 ** 32 - 1)] }, "problem.range", "values[1]"],
  "many rows": [{ ...VALUES, values: new Array(2 ** 32 - 1) }, "problem.range", "values"],
  "much in all": [{ ...VALUES, values: new Array(99).fill(new Uint8Array(1e6)) }, "problem.range", "values"],
  "entries without sinks": [entries({ sinks: undefined }), "problem.type", "values.sinks"],
  "an entry of nobody": [entries({ supplies: [0, null] }), "problem.type", "values.supplies[1]"],
  "an entry without a value": [entries({ values: [5, null] }), "problem.type", "values.values[1]"],
  "a sink below 0": [entries({ sinks: [0, -1] }), "problem.range", "values.sinks[1]"],
  "a sink of 33 bits": [entries({ sinks: [0, 2 ** 32] }), "problem.range", "values.sinks[1]"],
  "a sink that is not there": [entries({ sinks: [0, 2] }), "problem.sink", "supplies[1].edges[0].sink"],
  "an entry that stands twice": [entries({ supplies: [0, 0], sinks: [1, 1] }), "problem.sink", "supplies[0].edges[1].sink"],
  "a supply below 0": [entries({ supplies: [-1, 0] }), "problem.range", "values.supplies[0]"],
  "a supply far away": [entries({ supplies: [0, 2 ** 31] }), "problem.range", "values.supplies[1]"],
  "a supply beyond the length": [entries({ length: 1 }), "problem.range", "values.supplies[1]"],
  "a length that is none": [entries({ length: "2" }), "problem.type", "values.length"],
  "a length without end": [entries({ length: 2 ** 40 }), "problem.range", "values.length"],
  "too few sinks": [entries({ sinks: [0] }), "problem.length", "values.sinks"],
  "too many values": [entries({ values: [1, 2, 3] }), "problem.length", "values.values"],
  "a misspelt column": [entries({ rows: [1] }), "request.unknown_field", "values.rows"],
  "places left out": [{ values: [] }, "problem.type", "places"],
  "places as text": [{ ...VALUES, places: [1, "1"] }, "problem.type", "places[1]"],
  "places below 0": [{ ...VALUES, places: [1, -1] }, "problem.range", "places[1]"],
  "too many places": [{ ...VALUES, places: [1, 1e12 + 1] }, "problem.range", "places[1]"],
  "places that are not exact": [{ ...VALUES, places: [1, 2 ** 60] }, "problem.type", "places[1]"],
  "a class above 3": [{ ...VALUES, classes: [0, 4] }, "problem.range", "classes[1]"],
  "a class too many": [{ ...VALUES, classes: [0, 0, 0] }, "problem.length", "classes"],
  "a class that is none": [{ ...VALUES, classes: [0, true] }, "problem.type", "classes[1]"],
  "a class for all": [{ ...VALUES, classes: 1 }, "problem.type", "classes"],
  "a count of 33 bits": [{ ...VALUES, counts: [1, 2 ** 32] }, "problem.range", "counts[1]"],
  "a count below 0": [{ ...VALUES, counts: [-1, 1] }, "problem.range", "counts[0]"],
  "a count too few": [{ ...VALUES, counts: [1] }, "problem.length", "counts"],
  "a size of 0": [{ ...VALUES, sizes: [1, 0] }, "problem.range", "supplies[1].size"],
  "a size of 33 bits": [{ ...VALUES, sizes: [1, 2 ** 32] }, "problem.range", "sizes[1]"],
  "a place before that is none": [{ ...VALUES, previous: [0, {}] }, "problem.type", "previous[1]"],
  "a place before too many": [{ ...VALUES, previous: [0, 0, 0] }, "problem.length", "previous"],
  "fixed below 0": [{ ...VALUES, fixed: [null, -1] }, "problem.range", "fixed[1]"],
  "fixed where no sink is": [{ ...VALUES, fixed: [null, 7] }, "problem.sink", "supplies[1].fixed"],
  "fixed too far": [{ ...VALUES, fixed: [null, 2 ** 32 - 1] }, "problem.range", "fixed[1]"],
  "fixed where no place is": [{ ...VALUES, fixed: [0, 0] }, "problem.fixed", "places[0]"],
  "people of one supply": [{ ...VALUES, people: [[1, 0, 0, 0]] }, "problem.length", "people"],
  "people who are no row": [{ ...VALUES, people: [1, 1] }, "problem.type", "people[0]"],
  "people as text": [{ ...VALUES, people: [[1], [0, "1"]] }, "problem.type", "people[1][1]"],
  "people below 0": [{ ...VALUES, people: [[1], [0, -1]] }, "problem.range", "people[1]"],
  "people of a fifth class": [{ ...VALUES, people: [[1], [0, 0, 0, 0, 0]] }, "problem.length", "people[1]"],
  "people who are no rows": [{ ...VALUES, people: {} }, "problem.type", "people"],
  "kept of one supply": [{ ...VALUES, kept: [[1, 1]] }, "problem.length", "kept"],
  "kept as text": [{ ...VALUES, kept: [[1, 1], [1, "1"]] }, "problem.type", "kept[1][1]"],
  "kept below 0": [{ ...VALUES, kept: [[1, 1], [1, -1]] }, "problem.range", "kept[1]"],
  "sums that are too large": [
    { values: [[Number.MAX_SAFE_INTEGER]], places: [null], counts: [2 ** 32 - 1], sizes: [2 ** 32 - 1] },
    "problem.too_large",
    "",
  ],
  "a misspelt option": [{ ...VALUES, class: [0, 0] }, "request.unknown_field", "class"],
};

for (const [name, [problem, code, path]] of Object.entries(REFUSED)) {
  test(`${name} is refused`, () => assert.deepEqual(refusal(problem), [code, path]));
}

test("a problem that is none", () => {
  for (const problem of [undefined, null, 1, "{}", true, 1n, () => {}, Symbol("a")]) {
    assert.deepEqual(refusal(problem), ["problem.type", ""]);
  }
  for (const problem of [[], {}, new Map(), new Date()]) {
    assert.equal(refusal(problem)[0], "problem.type");
  }
});

const NOT_A_NUMBER = { ...UNFIT, deep: deep(10_000), text: "1", infinite: Infinity, undefined };

for (const [name, value] of Object.entries(NOT_A_NUMBER)) {
  test(`what is no number is refused at its place: ${name}`, () => {
    assert.deepEqual(refusal({ ...VALUES, values: [[1, 2], [3, value]] }), ["problem.type", "values[1]"]);
    assert.deepEqual(refusal({ ...VALUES, places: [1, value] }), ["problem.type", "places[1]"]);
    assert.deepEqual(refusal(entries({ sinks: [0, value] })), ["problem.type", "values.sinks[1]"]);
    for (const list of ["classes", "counts", "sizes", "previous", "fixed"]) {
      assert.deepEqual(refusal({ ...VALUES, [list]: [0, value] }), ["problem.type", `${list}[1]`]);
    }
    for (const rows of ["people", "kept"]) {
      assert.deepEqual(refusal({ ...VALUES, [rows]: [[0], [0, value]] }), ["problem.type", `${rows}[1][1]`]);
    }
  });
}

test("an object that tells something else each time does no harm", () => {
  let turn = 0;
  const wavering = (list) =>
    new Proxy(list, { get: (own, name) => (name === "length" ? (turn += 1) % 5 : (turn += 1) % 3 ? turn : own[name]) });
  for (let round = 0; round < 300; round += 1) {
    const problem = {
      values: wavering([wavering([1, 2]), [3, 4]]), places: wavering([1, 1]), kept: wavering([[1], wavering([1])]),
      classes: wavering([1, 2]), people: [wavering([1]), wavering([2])],
    };
    try {
      solve(problem);
    } catch (thrown) {
      assert.ok(thrown instanceof LotseError, thrown);
    }
  }
  const own = new Error("own");
  const raise = () => {
    throw own;
  };
  for (const raising of [new Proxy([1], { get: raise }), Object.defineProperty([1], "0", { get: raise })]) {
    for (const problem of [{ ...VALUES, values: raising }, { ...VALUES, places: raising }, { ...VALUES, fixed: raising }]) {
      assert.throws(() => solve(problem), (thrown) => thrown === own);
    }
  }
  assert.deepEqual(solve(EXAMPLE), SOLUTION);
});

test("arrays that do not fit together are refused by the core too", () => {
  const supply = (edges) => [edges, 1, 1, 1, 0, 0, 0, 2 ** 32 - 1];
  const one = () => [Float64Array.of(1), Uint32Array.of(...supply(1)), Uint32Array.of(0), Float64Array.of(5), new Uint32Array()];
  assert.equal(solveEncoded(...one()).objective.value, 5);
  const wrong = [
    one().with(1, Uint32Array.of(...supply(0))),
    one().with(1, Uint32Array.of(...supply(2))),
    one().with(1, Uint32Array.of(...supply(2 ** 32 - 1), ...supply(2))),
    one().with(1, Uint32Array.of(...supply(1).slice(1))),
    one().with(1, Uint32Array.of(...supply(1), 0)),
    one().with(2, Uint32Array.of(0, 0)),
    one().with(3, Float64Array.of()),
    one().with(4, Uint32Array.of(1, 1)),
  ];
  for (const arrays of wrong) {
    assert.throws(() => solveEncoded(...arrays), { name: "LotseError", code: "problem.length" });
  }
  for (const odd of [NaN, Infinity, -Infinity, 0.5, 1e300]) {
    assert.equal(solveEncoded(...one().with(3, Float64Array.of(odd))).optimal, true);
    try {
      solveEncoded(...one().with(0, Float64Array.of(odd)));
    } catch (thrown) {
      assert.equal(thrown.code, "problem.range");
    }
  }
});
