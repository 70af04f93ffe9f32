// The client of the worker that imports files.

import type { ImportRequest, ImportResult } from "./import-worker.js";

let worker: Worker | undefined;
let lastId = 0;

export function startImportWorker(module: WebAssembly.Module): void {
  worker = new Worker(new URL("./import-worker.js", import.meta.url), { type: "module" });
  worker.postMessage({ module });
}

export function importFiles(request: ImportRequest): Promise<ImportResult> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    if (!worker) return reject(new Error("the import worker has not been started"));
    const current = worker;
    const listen = ({ data }: MessageEvent<{ id: number; result: ImportResult | null }>): void => {
      if (data.id !== id) return;
      current.removeEventListener("message", listen);
      if (data.result) resolve(data.result);
      else reject(new Error("the files could not be read"));
    };
    current.addEventListener("message", listen);
    current.addEventListener("error", () => reject(new Error("the import worker has crashed")), { once: true });
    current.postMessage({ id, request });
  });
}
