// The entry without a loader, in a page of its own, because entries share one instance.

import { Matcher, Vocabulary, ready, version, wire } from "/lotse/dist/slim.js";

import { AS_OF, NEED, OFFER } from "/shared/records.js";
import { thrownBy } from "/shared/golden.js";
import { ensure, equal, rejection, run } from "/pages/outcome.js";

await run({
  "slim throws an error that explains how to load the module": async () => {
    for (const use of [version, () => new Matcher(), () => new Vocabulary(), () => wire.rank({})]) {
      ensure(/ready\(/.test(thrownBy(use)?.message), "no help");
    }
    ensure((await rejection(ready())) instanceof Error, "not rejected");
  },
  "slim rejects a missing or an invalid module": async () => {
    ensure(/404/.test((await rejection(ready("/lotse/dist/none.wasm"))).message), "no reason");
    ensure((await rejection(ready(new Uint8Array([0, 1])))) instanceof WebAssembly.CompileError, "loaded an invalid module");
  },
  "slim loads the given module": async () => {
    await ready(fetch("/lotse/dist/lotse.wasm"));
    equal(new Matcher({ offers: [OFFER], asOf: AS_OF }).rank(NEED)[0].score, 0.9275);
  },
});
