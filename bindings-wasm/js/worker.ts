// The entry for a matcher in a worker, so that long work does not block the page.

import type { MatcherOptions } from "./config.js";
import type { RemoteMatcher } from "./remote.js";
import { type SpawnOptions, spawn } from "./spawn.js";

export { LotseError } from "./error.js";
export { ImportedNeeds, ImportedOffers } from "./import-session.js";
export type { NodeWorker } from "./platform.js";
export type { AbortOptions, ProgressOptions } from "./progress.js";
export { RemoteAllocation, RemoteMatcher } from "./remote.js";
export type { SpawnOptions } from "./spawn.js";

/**
 * Starts a worker with a matcher. Rejects with a {@link LotseError} that has every error of the offers.
 *
 * @example
 * const matcher = await spawnMatcher({ offers });
 * const plan = await matcher.allocate(needs, { signal: controller.signal, onProgress: (done) => console.log(done) });
 */
export function spawnMatcher(matcher: MatcherOptions = {}, options: SpawnOptions = {}): Promise<RemoteMatcher> {
  return spawn(createWorker, matcher, options);
}

// Bundlers look for exactly this expression.
function createWorker(): Worker {
  return new Worker(new URL("./worker-script.js", import.meta.url), { type: "module" });
}
