// The only scripts that may be loaded later: workers. The policy of the page (`require-trusted-types-for`) rejects any other
// text that would become a script or markup, so that a defect of the page cannot become one of security.

const SCRIPTS = ["worker-script.js", "data-worker.js", "offline-worker.js"];

interface TrustedTypes {
  createPolicy(name: "default", rules: { createScriptURL(url: string): string }): unknown;
}

export function trustOwnWorkers(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  // A default policy, because the library also creates workers.
  trustedTypes?.createPolicy("default", { createScriptURL: ownWorker });
}

function ownWorker(url: string): string {
  const own = SCRIPTS.map((file) => new URL(file, document.baseURI).href);
  // The copy of the planner's script, see `planner-script.ts`.
  if (own.includes(url) || url.startsWith(`blob:${location.origin}/`)) return url;
  throw new TypeError("not a worker of this page");
}
