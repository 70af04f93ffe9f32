// The compiled module as text, for programs that cannot load it as a file.

import { inflateSync } from "fflate";

import { BASE64, SIZE } from "./embedded-data.js";

/** Compiles the module, synchronously, which is why no browser's own decompression will do. */
export function compileEmbedded(): WebAssembly.Module {
  return new WebAssembly.Module(inflateSync(decodeBase64(BASE64), { out: new Uint8Array(SIZE) }));
}

function decodeBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = binary.charCodeAt(index);
  }
  return bytes;
}
