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
      return compileAddress(String(loaded));
    case "[object Response]":
      return compileResponse(loaded as Response);
    default:
      return WebAssembly.compile(loaded as BufferSource);
  }
}

async function compileAddress(address: string): Promise<WebAssembly.Module> {
  let response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw loadError(`${cause} ${address}`, cause);
  }
  return compileResponse(response);
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  const [type] = (response.headers.get("content-type") ?? "").split(";");
  const received = [response.status, type, response.url].filter(Boolean).join(" ");
  if (!response.ok) {
    throw loadError(received);
  }
  try {
    // Streaming requires the exact media type, which some servers do not send.
    return await (type === "application/wasm"
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
  } catch (cause) {
    throw loadError(received, cause); // a page instead of the file, as from a development server
  }
}

function loadError(received: string, cause?: unknown): Error {
  return new Error(`lotse.wasm could not be loaded: ${received}`, { cause });
}
