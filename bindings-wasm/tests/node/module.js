// The compiled module without the package around it, for input that no function of the package passes on.

import { readFileSync } from "node:fs";

import { LotseError } from "lotse";

import { installedFile } from "../shared/project.js";

const { instantiate, wasm } = await import(installedFile("dist/module.js"));
instantiate(() => new WebAssembly.Module(readFileSync(installedFile("dist/lotse.wasm"))));

/** Runs an operation on a request exactly as given: without a day, it gets none. */
export function callOperation(operation, request) {
  return parse(() => wasm.call(operation, JSON.stringify(request)));
}

/** Solves a transportation problem that is encoded as arrays. */
export function solveEncoded(...arrays) {
  return parse(() => wasm.solve(...arrays));
}

function parse(work) {
  try {
    return JSON.parse(work());
  } catch (thrown) {
    throw typeof thrown === "string" ? LotseError.fromData(JSON.parse(thrown)) : thrown;
  }
}
