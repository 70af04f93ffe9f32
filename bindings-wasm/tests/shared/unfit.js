// Values that JSON cannot represent, or represents as another value.

const loop = [];
loop.push(loop, loop);

const cycle = { tag: "de" };
cycle.level = { cycle };

/** Returns a value that is nested in lists. */
export function deep(depth, value = 1) {
  let nested = value;
  for (let level = 0; level < depth; level += 1) {
    nested = [nested];
  }
  return nested;
}

export const UNFIT = {
  NaN: NaN,
  Infinity: Infinity,
  bigint: 34n,
  function: () => 34,
  symbol: Symbol("34"),
  set: new Set([34]),
  map: new Map([["a", 1]]),
  bytes: new Uint8Array(2),
  "boxed number": Object(34),
  "invalid date": new Date(NaN),
  promise: Promise.resolve(34),
  "regular expression": /34/,
  error: new Error("34"),
  "weak map": new WeakMap(),
  holes: new Array(2),
  loop,
  "an indirect cycle": cycle,
  "the key __proto__": JSON.parse('{"__proto__": 1}'),
  surrogate: "\ud800",
  "surrogate key": { "\ud800": 2 },
};
