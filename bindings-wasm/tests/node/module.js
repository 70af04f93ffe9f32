// The compiled half itself, behind the package's back: for what no face of the package asks.

import { readFileSync } from "node:fs";

import { LotseError } from "lotse";

import { installedFile } from "../shared/project.js";

const raw = await import(installedFile("dist/raw.js"));
raw.initSync({ module: readFileSync(installedFile("dist/lotse.wasm")) });

/** An operation on a request as it stands, without today's date. */
export function core(operation, request) {
  return told(() => raw.call(operation, JSON.stringify(request)));
}

/** An allocation problem as arrays. */
export function coreSolve(...arrays) {
  return told(() => raw.solve(...arrays));
}

function told(work) {
  try {
    return JSON.parse(work());
  } catch (thrown) {
    throw typeof thrown === "string" ? LotseError.of(JSON.parse(thrown)) : thrown;
  }
}
