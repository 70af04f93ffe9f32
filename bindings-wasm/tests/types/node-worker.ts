// A program for Node that uses a worker of its own. It is compiled without the types of browsers, but not run.

import { Worker } from "node:worker_threads";

import { spawnMatcher, type RemoteMatcher } from "lotse/worker";

export async function use(script: URL): Promise<void> {
  const worker = () => new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: 64 } });
  const matcher: RemoteMatcher = await spawnMatcher({ offers: [] }, { worker });
  await matcher.rankAll([], { signal: AbortSignal.timeout(5), onProgress: (done, total) => done < total });
  // @ts-expect-error not a worker
  await spawnMatcher({}, { worker: () => script });
}
