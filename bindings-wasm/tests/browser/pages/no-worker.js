// The errors if the worker or its module cannot be loaded.

import { spawnMatcher } from "/lotse/dist/worker.js";

import { ensure, rejection, run } from "/pages/outcome.js";

await run({
  "a missing script of the worker": async () => {
    const worker = () => new Worker("/lotse/dist/none.js", { type: "module" });
    ensure((await rejection(spawnMatcher({}, { worker }))) instanceof Error, "no error");
  },
  "a worker that cannot be created": async () => {
    const own = new Error("own");
    const worker = () => {
      throw own;
    };
    ensure((await rejection(spawnMatcher({}, { worker }))).cause === own, "another error");
  },
  "a missing module": async () => {
    ensure((await rejection(spawnMatcher({}, { module: "/lotse/dist/none.wasm" }))) instanceof Error, "no error");
    ensure((await rejection(spawnMatcher({}, { module: new Uint8Array([0, 1]) }))) instanceof Error, "no error");
  },
  "a missing module, or a page instead of it, next to the script of the worker": async () => {
    for (const [folder, received] of [["alone", "404"], ["page", "200 application/wasm"]]) {
      const worker = () => new Worker(`/${folder}/worker-script.js`, { type: "module" });
      const { message } = await rejection(spawnMatcher({}, { worker }));
      const want = `lotse.wasm could not be loaded: ${received} ${location.origin}/${folder}/lotse.wasm`;
      ensure(message === want, message);
    }
  },
});
