// The other ways into the package.

import { AS_OF, NEED, OFFER } from "/shared/records.js";
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

await run({
  "before ready() the default entry says what to do": async () => {
    const lotse = await import("/lotse/dist/index.js");
    for (const use of [() => lotse.version(), () => new lotse.Matcher(SETUP), () => lotse.wire.rank({})]) {
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
  "what JSON cannot carry is refused": async () => {
    const { LotseError, Matcher } = await import("/lotse/dist/index.js");
    const matcher = new Matcher(SETUP);
    for (const age of [NaN, new Map(), document.body, window, "\ud800"]) {
      const thrown = refusal(() => matcher.rank({ ...NEED, age }));
      ensure(thrown instanceof LotseError && thrown.code === "need.type", `${thrown}`);
    }
  },
});
