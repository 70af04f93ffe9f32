// The entry for a matcher in a worker of Node, Bun or Deno.

import type { MatcherOptions } from "./config.js";
import type { NodeWorker } from "./platform.js";
import type { RemoteMatcher } from "./remote.js";
import { type SpawnOptions, spawn } from "./spawn.js";

export { LotseError } from "./error.js";
export { ImportedNeeds, ImportedOffers } from "./import-session.js";
export { RemoteAllocation, RemoteMatcher } from "./remote.js";

/** Starts a worker with a matcher; see `worker.ts`. */
export function spawnMatcher(matcher: MatcherOptions = {}, options: SpawnOptions = {}): Promise<RemoteMatcher> {
  return spawn(createWorker, matcher, options);
}

function createWorker(): NodeWorker {
  const script = `${typeof __dirname === "string" ? __dirname : "."}/worker-script.cjs`; // bundled as an ES module it is undefined
  if (!process.getBuiltinModule("node:fs").existsSync(script)) {
    throw new Error(`${script} does not exist: leave lotse out of the bundle`);
  }
  return new (process.getBuiltinModule("node:worker_threads").Worker)(script);
}
