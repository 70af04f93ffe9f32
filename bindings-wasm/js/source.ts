// The sources of the compiled module.

import type { Address, CompiledModule, FetchResponse } from "./platform.js";

/** The bytes of `lotse.wasm`, its address, a response of `fetch`, or the compiled module. */
export type ModuleSource = LoadedSource | PromiseLike<LoadedSource>;

type LoadedSource = ArrayBuffer | ArrayBufferView | string | Address | FetchResponse | CompiledModule;

/**
 * Compiles a source.
 *
 * @internal
 */
export async function compileModule(source: ModuleSource): Promise<WebAssembly.Module> {
  const loaded: unknown = await source;
  // By name, not `instanceof`: the value may come from another frame.
  switch (Object.prototype.toString.call(loaded)) {
    case "[object WebAssembly.Module]":
      return loaded as WebAssembly.Module;
    case "[object String]":
    case "[object URL]":
      return compileResponse(await fetch(loaded as string | URL));
    case "[object Response]":
      return compileResponse(loaded as Response);
    default:
      return WebAssembly.compile(loaded as BufferSource);
  }
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) {
    throw new Error(`lotse.wasm could not be loaded: ${response.status} ${response.statusText} ${response.url}`);
  }
  // Streaming requires the exact media type, which some servers do not send.
  return response.headers.get("content-type") === "application/wasm"
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
