// The entry that contains the compiled module.

import base64 from "../pkg/lotse_bg.wasm";
import { instantiate, setDefaultLoader } from "./module.js";

export * from "./api.js";

setDefaultLoader(load);

/** Loads the compiled module now instead of on first use. */
export async function ready(): Promise<void> {
  instantiate(load);
}

function load(): WebAssembly.Module {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = binary.charCodeAt(index);
  }
  return new WebAssembly.Module(bytes);
}
