// The compiled module as text, for programs that cannot load it as a file.

import { BASE64, SIZE } from "./embedded-data.js";
import { inflate } from "./inflate.js";

/** Compiles the module, synchronously. */
export function compileEmbedded(): WebAssembly.Module {
  const binary = atob(BASE64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = binary.charCodeAt(index);
  }
  return new WebAssembly.Module(inflate(bytes, SIZE));
}
