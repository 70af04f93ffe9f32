// Where the compiled module may come from.

import type { Address, CompiledModule, Fetched } from "./platform.js";

/** The bytes of `lotse.wasm`, its address, what `fetch` answered, or the compiled module. */
export type ModuleSource = Given | PromiseLike<Given>;

type Given = ArrayBuffer | ArrayBufferView | string | Address | Fetched | CompiledModule;

/**
 * Compiles what is given.
 *
 * @internal
 */
export async function compiled(source: ModuleSource): Promise<WebAssembly.Module> {
  const given: unknown = await source;
  // By its name, since it may come from another frame.
  switch (Object.prototype.toString.call(given)) {
    case "[object WebAssembly.Module]":
      return given as WebAssembly.Module;
    case "[object String]":
    case "[object URL]":
      return fetched(await fetch(given as string | URL));
    case "[object Response]":
      return fetched(given as Response);
    default:
      return WebAssembly.compile(given as BufferSource);
  }
}

async function fetched(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) {
    throw new Error(`lotse.wasm could not be loaded: ${response.status} ${response.statusText} ${response.url}`);
  }
  // Some servers call it something else; then it cannot be compiled while it comes in.
  return response.headers.get("content-type") === "application/wasm"
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
