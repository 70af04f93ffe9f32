// The client of the worker that reads and imports files.

import type { CallName, Calls } from "./data-worker.js";

let worker: Worker | undefined;
let lastId = 0;

export function startDataWorker(module: WebAssembly.Module): void {
  worker = new Worker(new URL("./data-worker.js", import.meta.url), { type: "module" });
  worker.postMessage({ module });
}

/** Calls a function of the worker. Rejects if it fails for a reason that is not in the files. */
export function callDataWorker<Name extends CallName>(
  name: Name,
  ...args: Parameters<Calls[Name]>
): Promise<ReturnType<Calls[Name]>> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    if (!worker) return reject(new Error("the worker has not been started"));
    const current = worker;
    const listen = ({ data }: MessageEvent<{ id: number; result: ReturnType<Calls[Name]> | null }>): void => {
      if (data.id !== id) return;
      current.removeEventListener("message", listen);
      if (data.result === null && name !== "reveal") reject(new Error("the files could not be read"));
      else resolve(data.result as ReturnType<Calls[Name]>);
    };
    current.addEventListener("message", listen);
    current.addEventListener("error", () => reject(new Error("the worker has crashed")), { once: true });
    current.postMessage({ id, name, args });
  });
}
