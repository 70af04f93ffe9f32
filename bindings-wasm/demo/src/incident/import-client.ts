// The page's side of the reader.

import type { ReadAnswer, ReadOrder } from "./import-worker.js";

let worker: Worker | undefined;
let last = 0;

export function startReader(module: WebAssembly.Module): void {
  worker = new Worker(new URL("./import-worker.js", import.meta.url), { type: "module" });
  worker.postMessage({ module });
}

export function readFiles(order: ReadOrder): Promise<ReadAnswer> {
  last += 1;
  const id = last;
  return new Promise((resolve, reject) => {
    if (!worker) return reject(new Error("the reader has not been started"));
    const reader = worker;
    const listen = ({ data }: MessageEvent<{ id: number; answer: ReadAnswer | null }>): void => {
      if (data.id !== id) return;
      reader.removeEventListener("message", listen);
      if (data.answer) resolve(data.answer);
      else reject(new Error("the files could not be read"));
    };
    reader.addEventListener("message", listen);
    reader.addEventListener("error", () => reject(new Error("the reader has stopped")), { once: true });
    reader.postMessage({ id, order });
  });
}
