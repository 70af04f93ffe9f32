// The compiled module without the package around it. It runs after `ready()`.

import { callWasm } from "/lotse/dist/module.js";

/** Runs an operation on a request exactly as given: without a day, it gets none. */
export function callOperation(operation, request) {
  return JSON.parse(callWasm((wasm) => wasm.call(operation, JSON.stringify(request))));
}
