// The compiled module as text, for programs that cannot load it as a file.

import { BASE64, SIZE } from "./embedded-data.js";
import { inflate } from "./inflate.js";

/** Compiles the module, synchronously. */
export function compileEmbedded(): WebAssembly.Module {
  const binary = atob(BASE64);
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new WebAssembly.Module(inflate(bytes, SIZE));
}
