// What JSON cannot carry, or carries as something else.

const loop = [];
loop.push(loop, loop);

const around = { tag: "de" };
around.level = { around };

/** A value at the end of many lists. */
export function deep(depth, value = 1) {
  let found = value;
  for (let level = 0; level < depth; level += 1) {
    found = [found];
  }
  return found;
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
  "loop around a corner": around,
  "key of prototypes": JSON.parse('{"__proto__": 1}'),
  surrogate: "\ud800",
  "surrogate key": { "\ud800": 2 },
};
