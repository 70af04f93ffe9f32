/// <reference lib="esnext.disposable" preserve="true" />

// Features of the platform. Its types are looked up in the program that uses this package: one for Node alone lacks
// those of browsers, and its compiler must accept these declarations all the same. An unknown type becomes `never`.

/** A compiled module of WebAssembly. */
export type CompiledModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Known } } }
  ? Known
  : never;

/** The response of `fetch`. */
export type FetchResponse = typeof globalThis extends { Response: { prototype: infer Known } } ? Known : never;

/** A parsed address. */
export type Address = typeof globalThis extends { URL: { prototype: infer Known } } ? Known : never;

/** A signal that aborts work. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Known } } ? Known : never;

/** A worker of a browser. */
export type BrowserWorker = typeof globalThis extends { Worker: { prototype: infer Known } } ? Known : never;

/** A worker of `node:worker_threads`, as far as it is used. */
export interface NodeWorker {
  postMessage(message: unknown): void;
  on(event: "message" | "messageerror" | "error" | "exit", listener: (value: unknown) => void): unknown;
  terminate(): unknown;
  /** Keeps the process alive. */
  ref(): void;
  unref(): void;
}

/** `Symbol.dispose`, with a substitute for older browsers. */
export const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");
