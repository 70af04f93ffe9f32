// The entry for a matcher in a worker of Node, Bun or Deno.

import type { MatcherOptions } from "./config.js";
import type { NodeWorker } from "./platform.js";
import type { RemoteMatcher } from "./remote.js";
import { type SpawnOptions, spawn } from "./spawn.js";

export { LotseError } from "./error.js";
export { RemoteAllocation, RemoteMatcher } from "./remote.js";

/** Starts a worker with a matcher; see `worker.ts`. */
export function spawnMatcher(matcher: MatcherOptions = {}, options: SpawnOptions = {}): Promise<RemoteMatcher> {
  return spawn(createWorker, matcher, options);
}

function createWorker(): NodeWorker {
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  return new Worker(`${__dirname}/worker-script.cjs`);
}
