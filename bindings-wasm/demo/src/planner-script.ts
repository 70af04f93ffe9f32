// The script of the planner's worker, fetched once: a cancelled plan and other rules need a new worker, which then
// asks nothing of the network and is of the same version as the page.

let kept: string | undefined;

export async function keepPlannerScript(): Promise<void> {
  const response = await fetch(own()).catch(() => null);
  if (response?.ok) kept = URL.createObjectURL(await response.blob());
}

export function plannerWorker(): Worker {
  return new Worker(kept ?? own(), { type: "module" });
}

function own(): URL {
  return new URL("./worker-script.js", document.baseURI);
}
