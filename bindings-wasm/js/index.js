// The entry for browsers and bundlers; js/node.js adds loading from disk.

import { call, loaded, today } from "./face.js";

export { LotseError, ready } from "./face.js";

export function version() {
  return loaded().version();
}

export function rank(request) {
  return call("rank", request, today());
}

export function explain(request) {
  return call("explain", request, today());
}

export function diagnose(request) {
  return call("diagnose", request, today());
}

export function allocate(request) {
  return call("allocate", request, today());
}

export function report(request) {
  return call("report", request, today());
}

export function check(request) {
  return call("check", request, today());
}

export function resolve(request) {
  return call("resolve", request);
}
