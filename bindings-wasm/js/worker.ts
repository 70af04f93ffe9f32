// The entry for a matcher in a worker, so that long work does not block the page.

import { type MatcherOptions, configTexts, today } from "./config.js";
import { optionalRecordsToJson } from "./json.js";
import type { BrowserWorker } from "./platform.js";
import { RemoteMatcher } from "./remote.js";
import { type ModuleSource, compileModule } from "./source.js";
import { WorkerClient } from "./worker-client.js";

export { LotseError } from "./error.js";
export type { AbortOptions, ProgressOptions } from "./progress.js";
export { RemoteAllocation, RemoteMatcher } from "./remote.js";

/** The sources of the worker and of the compiled module. */
export interface SpawnOptions {
  /**
   * Creates the worker; defaults to `worker-script.js` from the folder of this file. Called again after an abort, which
   * terminates the worker.
   */
  worker?: (() => BrowserWorker) | undefined;
  /** The compiled module; defaults to `lotse.wasm` from the folder of the worker's script. */
  module?: ModuleSource | undefined;
}

/**
 * Starts a worker with a matcher. Rejects with a {@link LotseError} that has every error of the offers.
 *
 * @example
 * const matcher = await spawnMatcher({ offers });
 * const plan = await matcher.allocate(needs, { signal: controller.signal, onProgress: (done) => console.log(done) });
 */
export async function spawnMatcher(matcher: MatcherOptions = {}, options: SpawnOptions = {}): Promise<RemoteMatcher> {
  const config = configTexts(matcher, ["offers"]);
  const init = { offers: optionalRecordsToJson(matcher.offers) ?? "", config, today: today(), changes: [] };
  const module = options.module === undefined ? undefined : await compileModule(options.module);
  const createWorker = options.worker ?? createDefaultWorker;
  return RemoteMatcher.open(init, (initMessage) => new WorkerClient(createWorker, initMessage, module));
}

// Bundlers look for exactly this expression.
function createDefaultWorker(): Worker {
  return new Worker(new URL("./worker-script.js", import.meta.url), { type: "module" });
}
