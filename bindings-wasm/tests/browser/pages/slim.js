// The entry that loads nothing by itself, alone in its page: entries share one module.

import { Matcher, Vocabulary, ready, version, wire } from "/lotse/dist/slim.js";

import { AS_OF, NEED, OFFER } from "/shared/records.js";
import { thrownBy } from "/shared/golden.js";
import { ensure, equal, rejection, run } from "/pages/outcome.js";

await run({
  "slim says what to do before it is given the module": async () => {
    for (const use of [version, () => new Matcher(), () => new Vocabulary(), () => wire.rank({})]) {
      ensure(/ready\(/.test(thrownBy(use)?.message), "no help");
    }
    ensure((await rejection(ready())) instanceof Error, "nothing was asked for");
  },
  "slim is told when the module is not there": async () => {
    ensure(/404/.test((await rejection(ready("/lotse/dist/none.wasm"))).message), "no reason");
    ensure((await rejection(ready(new Uint8Array([0, 1])))) instanceof WebAssembly.CompileError, "loaded nonsense");
  },
  "slim is given the module": async () => {
    await ready(fetch("/lotse/dist/lotse.wasm"));
    equal(new Matcher({ offers: [OFFER], asOf: AS_OF }).rank(NEED)[0].score, 0.9125);
  },
});
