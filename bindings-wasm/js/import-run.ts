// Runs the operations of the compiled module of the import in this thread.

import { encodeFiles } from "./import-files.js";
import { callImportWasm, instantiateImport } from "./import-module.js";
import type { ImportCall, ImportWork } from "./import-session.js";
import { type WasmProgressFn, withProgress } from "./progress.js";

/** Returns the text of a request. */
export async function requestText({ operation, files, fields }: ImportWork): Promise<string> {
  // INVARIANT: `fields` has at least one field.
  return operation === "export" ? fields : `{"files":${JSON.stringify(await encodeFiles(files))},${fields.slice(1)}`;
}

/** Calls the compiled module, which must be loaded. */
export function callOperation({ operation, id }: ImportWork, request: string, progress?: WasmProgressFn): string | undefined {
  return callImportWasm((wasm) => (operation === "reveal" ? wasm.reveal(request, id ?? "") : wasm[operation](request, progress)));
}

/** Works in this thread, after loading the module. A signal is heeded before and after the call, during which nothing else runs. */
export const workHere: ImportCall = async (work, { onProgress, signal }) => {
  signal?.throwIfAborted();
  const [request] = await Promise.all([requestText(work), instantiateImport()]);
  signal?.throwIfAborted();
  return withProgress(onProgress, (progress) => callOperation(work, request, progress));
};
