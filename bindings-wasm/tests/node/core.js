// The compiled half itself, behind the package's back: for what no face of the package asks.

import { readFileSync } from "node:fs";

import { LotseError } from "lotse";

import { installedFile } from "../shared/project.js";

const raw = await import(installedFile("dist/raw.js"));
raw.initSync({ module: readFileSync(installedFile("dist/lotse.wasm")) });

/** An operation on a request as it stands, without today's date. */
export function core(operation, request) {
  try {
    return JSON.parse(raw.call(operation, JSON.stringify(request)));
  } catch (thrown) {
    throw typeof thrown === "string" ? LotseError.of(JSON.parse(thrown)) : thrown;
  }
}
