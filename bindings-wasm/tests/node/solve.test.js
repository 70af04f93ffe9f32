// `solve`: transportation problems, independent of the domain.

import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";

import { LotseError, ready, solve } from "lotse";

import { EXAMPLE, SOLUTION, sparseValues, smallProblems } from "../shared/problems.js";
import { randomFrom } from "../shared/junk.js";
import { UNFIT, deep } from "../shared/unfit.js";
import { solveEncoded } from "./module.js";

await ready();

function rejection(problem) {
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

test("the example that all languages share", () => {
  assert.deepEqual(solve(EXAMPLE), SOLUTION);
});

test("lists may be typed arrays, frozen, or of another realm", () => {
  const want = solve({ values: [[90, 20], [80, 0]], capacities: [1, 5] });
  for (const List of [
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
  ]) {
    assert.deepEqual(solve({ values: [List.of(90, 20), List.of(80, 0)], capacities: List.of(1, 5) }), want, List.name);
  }
  const frozen = Object.freeze([Object.freeze([90, 20]), Object.freeze([80, 0])]);
  assert.deepEqual(solve({ values: frozen, capacities: Object.freeze([1, 5]) }), want);
  const elsewhere = vm.runInNewContext("({ values: [[90, 20], new Float64Array([80, 0])], capacities: [1, 5] })");
  assert.deepEqual(solve(elsewhere), want);
  assert.deepEqual(solve(Object.assign(Object.create(null), { ...EXAMPLE, classes: undefined, fixed: null })), SOLUTION);
});

test("sparse values may have any order", () => {
  const entries = { supplies: [1, 0, 0], sinks: [0, 1, 0], values: [80, 20, 90] };
  assert.deepEqual(solve({ values: entries, capacities: [1, null] }), SOLUTION);
  const typed = { supplies: Uint8Array.of(1, 0, 0), sinks: Uint32Array.of(0, 1, 0), values: Float64Array.of(80, 20, 90) };
  assert.deepEqual(solve({ values: { ...typed, length: null }, capacities: [1, null] }), SOLUTION);
  for (const problem of smallProblems(300, 3)) {
    const entries = { ...problem, values: sparseValues(problem.values, randomFrom(5)) };
    const [dense, sparse] = [problem, entries].map((form) => {
      try {
        return solve(form);
      } catch ({ code, path }) {
        return { code, path };
      }
    });
    assert.deepEqual(sparse, dense);
  }
});

test("a supply without an edge is unserved", () => {
  const at = (entry) => ({ supplies: [entry], sinks: [0], values: [5] });
  assert.deepEqual(solve({ values: at(1), capacities: [1] }).assignment, [null, 0]);
  assert.deepEqual(solve({ values: { ...at(1), length: 3 }, capacities: [1] }).assignment, [null, 0, null]);
  assert.deepEqual(solve({ values: [[], [5]], capacities: [1] }).assignment, [null, 0]);
  const nothing = { supplies: [], sinks: [], values: [] };
  for (const values of [[], nothing]) {
    const { assignment, prices, optimal } = solve({ values, capacities: [] });
    assert.deepEqual([assignment, prices, optimal], [[], [], true]);
  }
});

test("classes take precedence over kept, and kept over values", () => {
  const row = { values: [[90, 20]], capacities: [1, 1] };
  assert.deepEqual(solve({ values: [[90], [1]], capacities: [1], classes: [1, 0] }).assignment, [null, 0]);
  assert.deepEqual(solve({ ...row, previous: [1] }).assignment, [1]);
  assert.equal(solve({ ...row, previous: [1] }).objective.kept, 1);
  assert.deepEqual(solve({ ...row, previous: [7] }).assignment, [0]);
  assert.deepEqual(solve({ ...row, kept: [[2, 3]] }).assignment, [1]);
  // A missing entry of `kept` falls back to `previous`.
  assert.equal(solve({ ...row, previous: [0], kept: [[null, 1]] }).assignment[0], 0);
  assert.equal(solve({ ...row, previous: [0], kept: [[0, 1]] }).assignment[0], 1);
  assert.deepEqual(solve({ ...row, fixed: [1] }).assignment, [1]);
  assert.deepEqual(solve({ ...row, previous: [null], fixed: [null] }).assignment, [0]);
});

test("counts, sizes and people", () => {
  assert.deepEqual(solve({ values: [[5]], capacities: [7], counts: [9] }).flows, [[[0, 7]]]);
  assert.deepEqual(solve({ values: [[5, 4]], capacities: [2, null], counts: [5] }).flows, [[[0, 2], [1, 3]]]);
  assert.deepEqual(solve({ values: [[5], [4]], capacities: [3], sizes: [4, 2] }).assignment, [null, 0]);
  assert.deepEqual(solve({ values: [[5]], capacities: [4], sizes: [4] }).objective.people, [4, 0, 0, 0]);
  assert.deepEqual(solve({ values: [[5]], capacities: [4], sizes: [4], classes: [2] }).objective.people, [0, 0, 4, 0]);
  const people = [[0, 1, 0, 0], [0, 0, 9]];
  const solution = solve({ values: [[5], [50]], capacities: [1], people, classes: [3, 0] });
  assert.deepEqual([solution.assignment, solution.objective.people], [[0, null], [0, 1, 0, 0]]);
  assert.deepEqual(solve({ values: [[5], [50]], capacities: [2], sizes: [2, 1] }).witnesses, [], "for single places only");
});

test("large values are exact", () => {
  const large = Number.MAX_SAFE_INTEGER;
  assert.deepEqual(solve({ values: [[large, large - 1], [large, 0]], capacities: [1, 1] }).assignment, [1, 0]);
  assert.equal(solve({ values: [[-large]], capacities: [1] }).objective.value, -large);
  // Sums are rounded, but the assignment and `optimal` are exact.
  const { assignment, objective, optimal } = solve({ values: [[large, 0], [large - 1, 0], [3, 1]], capacities: [2, 1] });
  assert.deepEqual([assignment, optimal], [[0, 0, 1], true]);
  assert.equal(objective.value, 2 ** 54 - 2);
  const counts = new Array(2).fill(2 ** 32 - 1);
  assert.equal(solve({ values: [[1], [1]], capacities: [null], counts }).objective.people[0], 2 ** 33 - 2);
});

// Exhaustive search, as an oracle.

const ZERO = [0, 0, 0, 0, 0, 0];
const plus = (a, b, times) => a.map((level, index) => level + b[index] * times);
const compare = (a, b) => a.map((level, index) => level - b[index]).find((difference) => difference !== 0) ?? 0;
const levels = ({ people, kept, value }) => [...people, kept, value];

/** Returns count, size and fixed sink of each supply, and the objective of one unit at each sink. */
function suppliesOf({ values, classes, people, counts, sizes, previous, kept, fixed }) {
  return values.map((row, supply) => {
    const size = sizes?.[supply] ?? 1;
    const served = [0, 1, 2, 3].map((index) => (index === (classes?.[supply] ?? 0) ? size : 0));
    const peoplePerUnit = people === null ? served : people[supply].map((count) => count ?? 0);
    const edges = row.map((value, sink) => {
      const stays = kept?.[supply][sink] ?? (previous?.[supply] === sink ? 1 : 0);
      return value === null ? null : [...peoplePerUnit, stays, value];
    });
    return { count: counts?.[supply] ?? 1, size, edges, fixed: fixed?.[supply] ?? null };
  });
}

/** Returns the optimal objective, or `null` if no solution exists. */
function optimum(supplies, capacities) {
  const best = { objective: null };
  const visit = (supply, sink, left, free, objective) => {
    if (supply === supplies.length) {
      best.objective = best.objective === null || compare(objective, best.objective) > 0 ? objective : best.objective;
      return;
    }
    const { count, size, edges, fixed } = supplies[supply];
    if (sink === edges.length) {
      if (fixed === null || left === 0) {
        visit(supply + 1, 0, supplies[supply + 1]?.count, free, objective);
      }
      return;
    }
    const open = edges[sink] !== null && (fixed === null || fixed === sink);
    for (let units = 0; units <= (open ? left : 0) && units * size <= free[sink]; units += 1) {
      const then = free.with(sink, free[sink] - units * size);
      visit(supply, sink + 1, left - units, then, units === 0 ? objective : plus(objective, edges[sink], units));
    }
  };
  visit(0, 0, supplies[0].count, capacities.map((capacity) => capacity ?? Infinity), ZERO);
  return best.objective;
}

test("solutions are feasible, and exhaustive search finds no better one", () => {
  const met = { optimal: 0, approximate: 0, impossible: 0 };
  for (const problem of smallProblems(800, 17)) {
    const supplies = suppliesOf(problem);
    const want = optimum(supplies, problem.capacities);
    if (want === null) {
      assert.equal(rejection(problem)[0], "problem.fixed");
      met.impossible += 1;
      continue;
    }
    const { assignment, flows, objective, bound, optimal } = solve(problem);
    let attained = ZERO;
    const free = problem.capacities.map((capacity) => capacity ?? Infinity);
    flows.forEach((flow, supply) => {
      const { count, size, edges, fixed } = supplies[supply];
      const used = flow.reduce((sum, [, units]) => sum + units, 0);
      assert.ok(used <= count && (fixed === null || used === count));
      assert.equal(assignment[supply], flow[0]?.[0] ?? null);
      for (const [sink, units] of flow) {
        assert.ok(units > 0 && (fixed === null || fixed === sink));
        free[sink] -= units * size;
        attained = plus(attained, edges[sink], units);
      }
    });
    assert.ok(free.every((places) => places >= 0));
    assert.deepEqual(levels(objective), attained);
    assert.ok(compare(levels(bound), want) >= 0 && compare(attained, want) <= 0, JSON.stringify(problem));
    assert.equal(optimal, compare(levels(bound), attained) === 0);
    if (supplies.every(({ size }) => size === 1)) {
      assert.deepEqual([attained, optimal], [want, true]);
    }
    met[optimal ? "optimal" : "approximate"] += 1;
  }
  assert.ok(met.optimal > 500 && met.impossible > 5, JSON.stringify(met));
});

const big = () => {
  const random = randomFrom(9);
  const values = Array.from({ length: 2000 }, () => Array.from({ length: 50 }, () => Math.floor(random() * 1e6)));
  return { values, capacities: new Array(50).fill(30) };
};

test("progress is reported, and false cancels the work", () => {
  const seen = [];
  const solution = solve(big(), { onProgress: (done, total) => void seen.push([done, total]) });
  assert.deepEqual(solution, solve(big()));
  assert.ok(seen.length > 0 && seen.every(([done, total]) => done === 0 && total === 0), JSON.stringify(seen));
  assert.throws(() => solve(big(), { onProgress: () => false }), { name: "LotseError", code: "cancelled" });
  const own = new Error("own");
  assert.throws(() => solve(big(), { onProgress: () => { throw own; } }), (thrown) => thrown === own);
  const inner = [];
  solve(big(), { onProgress: () => void inner.push(solve(EXAMPLE)) });
  assert.deepEqual(inner[0], SOLUTION);
});

// Invalid problems, with code and path of their errors.
const VALUES = { values: [[5, 4], [3, 2]], capacities: [1, 1] };
const ENTRIES = { supplies: [0, 1], sinks: [0, 1], values: [5, 4] };
const entries = (more) => ({ values: { ...ENTRIES, ...more }, capacities: [1, 1] });
const INVALID_PROBLEMS = {
  "missing values": [{ capacities: [1] }, "problem.type", "values"],
  "values as text": [{ ...VALUES, values: "[[1]]" }, "problem.type", "values"],
  "a row that is not a list": [{ ...VALUES, values: [[1], 2] }, "problem.type", "values[1]"],
  "a value as text": [{ ...VALUES, values: [[1], [2, "3"]] }, "problem.type", "values[1]"],
  "a value with a fraction": [{ ...VALUES, values: [[0.5]] }, "problem.type", "values[0]"],
  "a value beyond the exact integers": [{ ...VALUES, values: [[2 ** 53]] }, "problem.type", "values[0]"],
  "a hole": [{ ...VALUES, values: [[1], [, 1]] }, "problem.type", "values[1]"],
  "a typed array of bigints": [{ ...VALUES, values: [BigInt64Array.of(1n)] }, "problem.type", "values[0]"],
  "a DataView": [{ ...VALUES, values: [new DataView(new ArrayBuffer(8))] }, "problem.type", "values[0]"],
  "a row with more entries than sinks": [{ ...VALUES, values: [[1], [1, 2, 3]] }, "problem.sink", "supplies[1].edges[2].sink"],
  "a row that is too long": [{ ...VALUES, values: [[1], new Array(2 ** 32 - 1)] }, "problem.range", "values[1]"],
  "too many rows": [{ ...VALUES, values: new Array(2 ** 32 - 1) }, "problem.range", "values"],
  "too many entries in total": [{ ...VALUES, values: new Array(99).fill(new Uint8Array(1e6)) }, "problem.range", "values"],
  "sparse values without sinks": [entries({ sinks: undefined }), "problem.type", "values.sinks"],
  "a missing supply": [entries({ supplies: [0, null] }), "problem.type", "values.supplies[1]"],
  "a missing value": [entries({ values: [5, null] }), "problem.type", "values.values[1]"],
  "a sink below 0": [entries({ sinks: [0, -1] }), "problem.range", "values.sinks[1]"],
  "a sink of 33 bits": [entries({ sinks: [0, 2 ** 32] }), "problem.range", "values.sinks[1]"],
  "a sink that does not exist": [entries({ sinks: [0, 2] }), "problem.sink", "supplies[1].edges[0].sink"],
  "a duplicate edge": [entries({ supplies: [0, 0], sinks: [1, 1] }), "problem.sink", "supplies[0].edges[1].sink"],
  "a supply below 0": [entries({ supplies: [-1, 0] }), "problem.range", "values.supplies[0]"],
  "a supply out of range": [entries({ supplies: [0, 2 ** 31] }), "problem.range", "values.supplies[1]"],
  "a supply beyond the length": [entries({ length: 1 }), "problem.range", "values.supplies[1]"],
  "a length that is not a number": [entries({ length: "2" }), "problem.type", "values.length"],
  "a length out of range": [entries({ length: 2 ** 40 }), "problem.range", "values.length"],
  "too few sinks": [entries({ sinks: [0] }), "problem.length", "values.sinks"],
  "too many values": [entries({ values: [1, 2, 3] }), "problem.length", "values.values"],
  "a misspelt column": [entries({ rows: [1] }), "request.unknown_field", "values.rows"],
  "missing capacities": [{ values: [] }, "problem.type", "capacities"],
  "a capacity as text": [{ ...VALUES, capacities: [1, "1"] }, "problem.type", "capacities[1]"],
  "a capacity below 0": [{ ...VALUES, capacities: [1, -1] }, "problem.range", "capacities[1]"],
  "a capacity above the limit": [{ ...VALUES, capacities: [1, 1e12 + 1] }, "problem.range", "capacities[1]"],
  "a capacity beyond the exact integers": [{ ...VALUES, capacities: [1, 2 ** 60] }, "problem.type", "capacities[1]"],
  "a class above 3": [{ ...VALUES, classes: [0, 4] }, "problem.range", "classes[1]"],
  "too many classes": [{ ...VALUES, classes: [0, 0, 0] }, "problem.length", "classes"],
  "a class that is not a number": [{ ...VALUES, classes: [0, true] }, "problem.type", "classes[1]"],
  "a number instead of classes": [{ ...VALUES, classes: 1 }, "problem.type", "classes"],
  "a count of 33 bits": [{ ...VALUES, counts: [1, 2 ** 32] }, "problem.range", "counts[1]"],
  "a count below 0": [{ ...VALUES, counts: [-1, 1] }, "problem.range", "counts[0]"],
  "too few counts": [{ ...VALUES, counts: [1] }, "problem.length", "counts"],
  "a size of 0": [{ ...VALUES, sizes: [1, 0] }, "problem.range", "supplies[1].size"],
  "a size of 33 bits": [{ ...VALUES, sizes: [1, 2 ** 32] }, "problem.range", "sizes[1]"],
  "a previous sink that is not a number": [{ ...VALUES, previous: [0, {}] }, "problem.type", "previous[1]"],
  "too many previous sinks": [{ ...VALUES, previous: [0, 0, 0] }, "problem.length", "previous"],
  "a fixed sink below 0": [{ ...VALUES, fixed: [null, -1] }, "problem.range", "fixed[1]"],
  "a fixed sink that does not exist": [{ ...VALUES, fixed: [null, 7] }, "problem.sink", "supplies[1].fixed"],
  "a fixed sink out of range": [{ ...VALUES, fixed: [null, 2 ** 32 - 1] }, "problem.range", "fixed[1]"],
  "a fixed sink without capacity": [{ ...VALUES, fixed: [0, 0] }, "problem.fixed", "capacities[0]"],
  "people of one supply": [{ ...VALUES, people: [[1, 0, 0, 0]] }, "problem.length", "people"],
  "people whose row is not a list": [{ ...VALUES, people: [1, 1] }, "problem.type", "people[0]"],
  "people as text": [{ ...VALUES, people: [[1], [0, "1"]] }, "problem.type", "people[1][1]"],
  "people below 0": [{ ...VALUES, people: [[1], [0, -1]] }, "problem.range", "people[1]"],
  "people of a fifth class": [{ ...VALUES, people: [[1], [0, 0, 0, 0, 0]] }, "problem.length", "people[1]"],
  "people that are not a list": [{ ...VALUES, people: {} }, "problem.type", "people"],
  "kept of one supply": [{ ...VALUES, kept: [[1, 1]] }, "problem.length", "kept"],
  "kept as text": [{ ...VALUES, kept: [[1, 1], [1, "1"]] }, "problem.type", "kept[1][1]"],
  "kept below 0": [{ ...VALUES, kept: [[1, 1], [1, -1]] }, "problem.range", "kept[1]"],
  "sums that are too large": [
    { values: [[Number.MAX_SAFE_INTEGER]], capacities: [null], counts: [2 ** 32 - 1], sizes: [2 ** 32 - 1] },
    "problem.too_large",
    "",
  ],
  "a misspelt option": [{ ...VALUES, class: [0, 0] }, "request.unknown_field", "class"],
};

for (const [name, [problem, code, path]] of Object.entries(INVALID_PROBLEMS)) {
  test(`${name} is rejected`, () => assert.deepEqual(rejection(problem), [code, path]));
}

test("a problem that is not an object is rejected", () => {
  for (const problem of [undefined, null, 1, "{}", true, 1n, () => {}, Symbol("a")]) {
    assert.deepEqual(rejection(problem), ["problem.type", ""]);
  }
  for (const problem of [[], {}, new Map(), new Date()]) {
    assert.equal(rejection(problem)[0], "problem.type");
  }
});

const NOT_A_NUMBER = { ...UNFIT, deep: deep(10_000), text: "1", infinite: Infinity, undefined };

for (const [name, value] of Object.entries(NOT_A_NUMBER)) {
  test(`a value that is not a number is rejected with its path: ${name}`, () => {
    assert.deepEqual(rejection({ ...VALUES, values: [[1, 2], [3, value]] }), ["problem.type", "values[1]"]);
    assert.deepEqual(rejection({ ...VALUES, capacities: [1, value] }), ["problem.type", "capacities[1]"]);
    assert.deepEqual(rejection(entries({ sinks: [0, value] })), ["problem.type", "values.sinks[1]"]);
    for (const list of ["classes", "counts", "sizes", "previous", "fixed"]) {
      assert.deepEqual(rejection({ ...VALUES, [list]: [0, value] }), ["problem.type", `${list}[1]`]);
    }
    for (const rows of ["people", "kept"]) {
      assert.deepEqual(rejection({ ...VALUES, [rows]: [[0], [0, value]] }), ["problem.type", `${rows}[1][1]`]);
    }
  });
}

test("objects with changing values do no harm", () => {
  let turn = 0;
  const changing = (list) =>
    new Proxy(list, { get: (own, name) => (name === "length" ? (turn += 1) % 5 : (turn += 1) % 3 ? turn : own[name]) });
  for (let round = 0; round < 300; round += 1) {
    const problem = {
      values: changing([changing([1, 2]), [3, 4]]), capacities: changing([1, 1]), kept: changing([[1], changing([1])]),
      classes: changing([1, 2]), people: [changing([1]), changing([2])],
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
    for (const problem of [{ ...VALUES, values: raising }, { ...VALUES, capacities: raising }, { ...VALUES, fixed: raising }]) {
      assert.throws(() => solve(problem), (thrown) => thrown === own);
    }
  }
  assert.deepEqual(solve(EXAMPLE), SOLUTION);
});

test("the core rejects encoded arrays of inconsistent lengths", () => {
  const [SINGLE, ROWS] = [2 ** 32 - 1, 2 ** 32 - 2];
  const NAMES = ["values", "capacities", "counts"];
  const encode = (shapes, numbers, names = NAMES) => [JSON.stringify(names), Uint32Array.from(shapes), Float64Array.from(numbers)];
  const shapes = [ROWS, 2, 1, 1, 1, 2];
  const numbers = [5, 6, 1, 1, 1];
  assert.equal(solveEncoded(...encode(shapes, numbers)).objective.value, 6);
  const rejected = (encoded) => {
    try {
      return solveEncoded(...encoded) && assert.fail(`${encoded}`);
    } catch (thrown) {
      assert.ok(thrown instanceof LotseError, thrown);
      return [thrown.code, thrown.path];
    }
  };
  assert.deepEqual(rejected(encode(shapes, numbers.slice(0, 3))), ["problem.type", "counts"]);
  assert.deepEqual(rejected(encode(shapes, [...numbers, 1])), ["request.unknown_field", ""]);
  assert.deepEqual(rejected(encode(shapes.slice(0, -1), numbers)), ["request.unknown_field", ""]);
  assert.deepEqual(rejected(encode(shapes.with(1, 2 ** 32 - 3), numbers)), ["request.unknown_field", ""]);
  assert.deepEqual(rejected(encode([ROWS, 2 ** 32 - 3], [])), ["problem.type", "values"]);
  assert.deepEqual(rejected(encode([ROWS, 1, ROWS], [])), ["problem.type", "values[0]"]);
  assert.deepEqual(rejected(encode([ROWS, 1, 2 ** 31], [])), ["problem.type", "values[0]"]);
  assert.deepEqual(rejected(encode(shapes.with(5, SINGLE), numbers.slice(1))), ["problem.type", "counts"]);
  assert.deepEqual(rejected(encode([ROWS], [])), ["problem.type", "capacities"]);
  assert.deepEqual(rejected(encode([], [])), ["problem.type", "values"]);
  for (const names of ["values", [1, null, {}], [], {}, null]) {
    assert.equal(rejected(encode(shapes, numbers, names))[0], "request.unknown_field");
  }
  for (const text of ["", "[", "[\"\\ud800\"]"]) {
    assert.equal(rejected([text, Uint32Array.from(shapes), Float64Array.from(numbers)])[0], "json.syntax");
  }
  for (const invalid of [Infinity, -Infinity, 0.5, 1e300]) {
    assert.deepEqual(rejected(encode(shapes, numbers.with(0, invalid))), ["problem.type", "values[0]"]);
    assert.deepEqual(rejected(encode(shapes, numbers.with(2, invalid))), ["problem.type", "capacities[0]"]);
  }
});

test("all errors are reported at once", () => {
  const invalid = { ...VALUES, values: [[1], ["2"]], capacities: [-1, 1], classes: [0, 4], counts: [1], kept: 1, sises: [1] };
  assert.throws(
    () => solve(invalid),
    ({ errors }) => {
      const found = errors.map(({ code, path }) => `${code} ${path}`);
      assert.deepEqual(found, [
        "request.unknown_field sises",
        "problem.type values[1]",
        "problem.range capacities[0]",
        "problem.range classes[1]",
        "problem.length counts",
        "problem.type kept",
      ]);
      return true;
    },
  );
});
