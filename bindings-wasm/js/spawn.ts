// Starts a matcher in a worker of any platform.

import { type MatcherOptions, configTexts, today } from "./config.js";
import { optionalRecordsToJson } from "./json.js";
import type { BrowserWorker, NodeWorker } from "./platform.js";
import { RemoteMatcher } from "./remote.js";
import { type ModuleSource, compileModule } from "./source.js";
import { WorkerClient } from "./worker-client.js";

/** The sources of the worker and of the compiled module. */
export interface SpawnOptions {
  /**
   * Creates the worker; defaults to `worker-script.js` from the folder of this file, in Node to `worker-script.cjs`. Called again
   * after an abort, which terminates the worker.
   */
  worker?: (() => BrowserWorker | NodeWorker) | undefined;
  /** The compiled module; defaults to `lotse.wasm` from the folder of the worker's script. */
  module?: ModuleSource | undefined;
  /** The compiled module of the import; defaults to `lotse-import.wasm` from there, loaded at the first import. */
  importModule?: ModuleSource | undefined;
}

/**
 * Starts a worker with a matcher; `createDefault` is that of the platform.
 *
 * @internal
 */
export async function spawn(
  createDefault: () => BrowserWorker | NodeWorker,
  matcher: MatcherOptions,
  options: SpawnOptions,
): Promise<RemoteMatcher> {
  const config = configTexts(matcher, ["offers"]);
  const init = { offers: optionalRecordsToJson(matcher.offers) ?? "", config, today: today(), changes: [] };
  const module = options.module === undefined ? undefined : await compileModule(options.module);
  const importModule = options.importModule === undefined ? undefined : await compileModule(options.importModule);
  const createWorker = options.worker ?? createDefault;
  return RemoteMatcher.open(init, (initMessage) => new WorkerClient(createWorker, initMessage, module, importModule));
}
