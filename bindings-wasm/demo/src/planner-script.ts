// The script of the planner's worker. It is fetched once: a cancelled plan or another policy needs a new worker, which
// then needs no network and has the same version as the page.

let cachedUrl: string | undefined;

export async function cachePlannerScript(): Promise<void> {
  const response = await fetch(scriptUrl()).catch(() => null);
  if (response?.ok) cachedUrl = URL.createObjectURL(await response.blob());
}

export function createPlannerWorker(): Worker {
  return new Worker(cachedUrl ?? scriptUrl(), { type: "module" });
}

function scriptUrl(): URL {
  return new URL("./worker-script.js", document.baseURI);
}
