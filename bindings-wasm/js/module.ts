// The one compiled module of a program, however many entries of this package it uses.

import { LotseError, type Told } from "./error.js";
import * as raw from "./raw.js";

let running = false;
let starting: Promise<void> | undefined;
let supplier: (() => WebAssembly.Module) | undefined;

/** Where the module comes from when it is first needed, for entries that have it at hand. */
export function supply(module: () => WebAssembly.Module): void {
  supplier ??= module;
}

/** Starts the module now, unless it runs. */
export function start(module: () => WebAssembly.Module): void {
  if (!running) {
    raw.initSync({ module: module() });
    running = true;
  }
}

/** Starts the module once, as soon as it is there; after a failure it may be tried again. */
export function startWith(module: () => Promise<WebAssembly.Module>): Promise<void> {
  if (running) {
    return Promise.resolve();
  }
  starting ??= module()
    .then((module) => start(() => module))
    .finally(() => {
      starting = undefined;
    });
  return starting;
}

/** Works with the core. What it throws as text becomes a `LotseError`. */
export function ask<T>(work: (core: typeof raw) => T): T {
  if (!running) {
    if (supplier === undefined) {
      throw new Error("lotse is not loaded: call `await ready()` first");
    }
    start(supplier);
  }
  try {
    return work(raw);
  } catch (failure) {
    throw typeof failure === "string" ? LotseError.of(JSON.parse(failure) as Told) : failure;
  }
}
