// A matcher in a worker, so that long work does not hold up the page.

import { Changes } from "./worker-changes.js";
import { Line } from "./worker-client.js";
import type { Thread } from "./platform.js";
import { RemoteMatcher } from "./remote.js";
import { type MatcherOptions, surroundingTexts } from "./config.js";
import { type ModuleSource, compiled } from "./source.js";
import { today } from "./today.js";
import { maybeText } from "./json.js";

export { LotseError } from "./error.js";
export { RemoteAllocation, RemoteMatcher } from "./remote.js";
export type { AbortOptions, ProgressOptions } from "./progress.js";

/** Where the worker comes from. */
export interface SpawnOptions {
  /** Makes the worker, if not from `worker-script.js` beside this file; again when one had to be stopped. */
  worker?: (() => Thread) | undefined;
  /** Where the compiled module comes from, if not from `lotse.wasm` beside the script of the worker. */
  module?: ModuleSource | undefined;
}

/**
 * Starts a worker with a matcher in it. What is wrong with the offers rejects the promise.
 *
 * @example
 * const matcher = await spawnMatcher({ offers });
 * const plan = await matcher.allocate(needs, { signal: controller.signal, onProgress: (done) => console.log(done) });
 */
export async function spawnMatcher(setup: MatcherOptions = {}, options: SpawnOptions = {}): Promise<RemoteMatcher> {
  const changes = new Changes();
  const surroundings = surroundingTexts(setup, ["offers"]);
  const made = { offers: maybeText(setup.offers) ?? "", surroundings, today: today() };
  const module = options.module === undefined ? undefined : await compiled(options.module);
  const line = new Line(options.worker ?? ownWorker, () => ({ ...made, changes: changes.list() }), module);
  await line.open();
  return RemoteMatcher.of(line, changes);
}

// Word for word as bundlers look for it.
function ownWorker(): Worker {
  return new Worker(new URL("./worker-script.js", import.meta.url), { type: "module" });
}
