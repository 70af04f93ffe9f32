// The entry that has the module within it.

import base64 from "../pkg/lotse_bg.wasm";
import { start, supply } from "./module.js";

export * from "./api.js";

supply(module);

/** Starts the module now; without it, the first use does. */
export async function ready(): Promise<void> {
  start(module);
}

function module(): WebAssembly.Module {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = binary.charCodeAt(index);
  }
  return new WebAssembly.Module(bytes);
}
