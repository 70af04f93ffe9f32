// Types of the platform, as far as the program that uses this package knows them: one for Node alone need not know
// those of browsers, and its compiler must not stumble over them here. What is not known becomes `never`.

/** A compiled module of WebAssembly. */
export type CompiledModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Known } } }
  ? Known
  : never;

/** The answer of `fetch`. */
export type Fetched = typeof globalThis extends { Response: { prototype: infer Known } } ? Known : never;

/** An address. */
export type Address = typeof globalThis extends { URL: { prototype: infer Known } } ? Known : never;

/** What can tell that something is no longer wanted. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Known } } ? Known : never;

/** A thread of its own in a browser. */
export type Thread = typeof globalThis extends { Worker: { prototype: infer Known } } ? Known : never;
