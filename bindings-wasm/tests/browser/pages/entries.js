// The entries of the package other than the worker.

import { AS_OF, NEED, OFFER } from "/shared/records.js";
import { EXAMPLE, SOLUTION, sparseValues, smallProblems } from "/shared/problems.js";
import { ensure, equal, rejection, run } from "/pages/outcome.js";

const OPTIONS = { offers: [OFFER], asOf: AS_OF };
const score = (entry) => new entry.Matcher(OPTIONS).rank(NEED)[0].score;

function thrownBy(work) {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  throw new Error("nothing was thrown");
}

const outcomeOf = (work) => {
  try {
    return work();
  } catch ({ code, path }) {
    return { code, path };
  }
};

await run({
  "before ready() the default entry throws an error that explains it": async () => {
    const lotse = await import("/lotse/dist/index.js");
    const { Matcher, solve, version, wire } = lotse;
    for (const use of [version, () => new Matcher(OPTIONS), () => wire.rank({}), () => solve(EXAMPLE)]) {
      const thrown = thrownBy(use);
      ensure(/ready\(/.test(thrown.message) && !(thrown instanceof lotse.LotseError), thrown);
    }
  },
  "ready() may be called again after a failure": async () => {
    const lotse = await import("/lotse/dist/index.js");
    const thrown = await rejection(lotse.ready(new Uint8Array([0, 1])));
    ensure(thrown instanceof WebAssembly.CompileError, `${thrown}`);
    await Promise.all([lotse.ready(), lotse.ready()]);
    await lotse.ready();
    equal(score(lotse), 0.9275);
  },
  "inline needs no ready()": async () => {
    const inline = await import("/lotse/dist/inline.js");
    equal(score(inline), 0.9275);
    await inline.ready();
  },
  "every entry has the solver": async () => {
    const { LotseError, solve } = await import("/lotse/dist/index.js");
    const inline = await import("/lotse/dist/inline.js");
    equal([solve(EXAMPLE), inline.solve(EXAMPLE)], [SOLUTION, SOLUTION]);
    for (const problem of smallProblems(50, 23)) {
      const rows = outcomeOf(() => solve(problem));
      equal(outcomeOf(() => solve({ ...problem, values: sparseValues(problem.values) })), rows);
    }
    for (const value of [NaN, "1", document.body, window]) {
      const thrown = thrownBy(() => solve({ values: [[value]], capacities: [1] }));
      ensure(thrown instanceof LotseError && thrown.code === "problem.type", `${thrown}`);
    }
  },
  "values that JSON cannot represent are rejected": async () => {
    const { LotseError, Matcher } = await import("/lotse/dist/index.js");
    const matcher = new Matcher(OPTIONS);
    for (const age of [NaN, new Map(), document.body, window, "\ud800"]) {
      const thrown = thrownBy(() => matcher.rank({ ...NEED, age }));
      ensure(thrown instanceof LotseError && thrown.code === "need.type", `${thrown}`);
    }
  },
});
