// The compiled half itself, behind the package's back; it runs once `ready()` is done.

import { LotseError } from "/lotse/dist/index.js";
import { call } from "/lotse/dist/raw.js";

/** An operation on a request as it stands, without today's date. */
export function core(operation, request) {
  try {
    return JSON.parse(call(operation, JSON.stringify(request)));
  } catch (thrown) {
    throw typeof thrown === "string" ? LotseError.of(JSON.parse(thrown)) : thrown;
  }
}
