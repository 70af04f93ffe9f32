// The other ways into the package.

import { AS_OF, NEED, OFFER } from "/shared/records.js";
import { EXAMPLE, SOLUTION, entriesOf, smallProblems } from "/shared/problems.js";
import { ensure, equal, rejection, run } from "/pages/outcome.js";

const SETUP = { offers: [OFFER], asOf: AS_OF };
const score = (entry) => new entry.Matcher(SETUP).rank(NEED)[0].score;

function refusal(work) {
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
  "before ready() the default entry says what to do": async () => {
    const lotse = await import("/lotse/dist/index.js");
    const { Matcher, solve, version, wire } = lotse;
    for (const use of [version, () => new Matcher(SETUP), () => wire.rank({}), () => solve(EXAMPLE)]) {
      const thrown = refusal(use);
      ensure(/ready\(/.test(thrown.message) && !(thrown instanceof lotse.LotseError), thrown);
    }
  },
  "the default entry may be tried again after a failure": async () => {
    const lotse = await import("/lotse/dist/index.js");
    const thrown = await rejection(lotse.ready(new Uint8Array([0, 1])));
    ensure(thrown instanceof WebAssembly.CompileError, `${thrown}`);
    await Promise.all([lotse.ready(), lotse.ready()]);
    await lotse.ready();
    equal(score(lotse), 0.9125);
  },
  "inline needs no waiting": async () => {
    const inline = await import("/lotse/dist/inline.js");
    equal(score(inline), 0.9125);
    await inline.ready();
  },
  "every entry has the solver": async () => {
    const { LotseError, solve } = await import("/lotse/dist/index.js");
    const inline = await import("/lotse/dist/inline.js");
    equal([solve(EXAMPLE), inline.solve(EXAMPLE)], [SOLUTION, SOLUTION]);
    for (const problem of smallProblems(50, 23)) {
      const rows = outcomeOf(() => solve(problem));
      equal(outcomeOf(() => solve({ ...problem, values: entriesOf(problem.values) })), rows);
    }
    for (const value of [NaN, "1", document.body, window]) {
      const thrown = refusal(() => solve({ values: [[value]], places: [1] }));
      ensure(thrown instanceof LotseError && thrown.code === "problem.type", `${thrown}`);
    }
  },
  "what JSON cannot carry is refused": async () => {
    const { LotseError, Matcher } = await import("/lotse/dist/index.js");
    const matcher = new Matcher(SETUP);
    for (const age of [NaN, new Map(), document.body, window, "\ud800"]) {
      const thrown = refusal(() => matcher.rank({ ...NEED, age }));
      ensure(thrown instanceof LotseError && thrown.code === "need.type", `${thrown}`);
    }
  },
});
