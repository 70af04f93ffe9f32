// Malformed input from a seed: damaged records, and junk of every type.

import { UNFIT, deep } from "./unfit.js";

/** "Secret" in German: occurs in needs, and must not occur in their errors. */
export const MARK = "geheim";

/** The exception of an object of the caller. */
export class Own extends Error {}

const raise = () => {
  throw new Own(MARK);
};

const RAISING = {
  get: raise, has: raise, ownKeys: raise, getOwnPropertyDescriptor: raise, getPrototypeOf: raise, isExtensible: raise,
};
const endless = () => ({ toJSON: endless });
const itself = { toJSON: () => itself };
const revoked = Proxy.revocable([], {});
revoked.revoke();

const throwing = [
  () => ({ toJSON: raise }),
  () => Object.defineProperty({}, MARK, { get: raise, enumerable: true }),
  () => Object.defineProperty([1], "0", { get: raise, enumerable: true }),
  () => new Proxy({}, RAISING),
  () => new Proxy([], RAISING),
  () => new Proxy({}, { get: raise }),
  () => new Proxy([1, 2], { get: (list, key) => (key === "length" ? 99 : Reflect.get(list, key)) }),
  () => revoked.proxy,
  () => endless(),
  () => itself,
  () => ({ toString: raise, valueOf: raise, [Symbol.toPrimitive]: raise }),
  () => Object.defineProperty({}, Symbol.toStringTag, { get: raise }),
];

const NUMBERS = [
  NaN, Infinity, -Infinity, 1e30, -1e30, 2 ** 63, 2 ** 64, 1e300, 1.7e308, 5e-324, -1, -0, -0.5, 0.123456, 1.5, 7e7,
  2 ** 32, 2 ** 53 + 2,
];
const WORDS = [
  MARK, ` ${MARK} `, MARK.repeat(100), `\u202e${MARK}`, "\ud800", `${MARK}\udfff`, `\udc00${MARK}`, "14612\ud83d",
  "x".repeat(3000), "\0", "2026-02-30", "any!", "any", "mul", "", "__proto__", "ÄÖÜß", "ı", "ﬃ", "\u{1f469}",
];
const KEYS = ["__proto__", "", "id", "age", "tag", "toJSON", "constructor", "\ud800", MARK, "length"];

/** Returns a generator of random numbers in [0, 1) (mulberry32), the same on every machine. */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns functions that generate malformed input, the same for the same seed. */
export function junkFrom(seed) {
  const random = randomFrom(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];

  const own = (key, value) => JSON.parse(`{${JSON.stringify(key)}: ${JSON.stringify(value) ?? null}}`);
  const flat = [
    () => pick(NUMBERS),
    () => pick(WORDS),
    () => pick([true, false, null, undefined, {}, [], [null], [undefined]]),
    () => pick(Object.values(UNFIT)),
    () => deep(pick([14, 15, 16, 17, 18, 31, 32, 33, 40, 200]), MARK),
    () => own(pick(KEYS), MARK),
    () => ({ [MARK]: MARK, code: MARK }),
    () => ({ tag: [MARK], level: MARK, how: MARK }),
    () => [MARK, MARK],
    () => [[MARK], { tag: MARK }, 1],
    () => Array.from({ length: pick([3, 30, 300]) }, () => MARK),
    () => pick(throwing)(),
    () => tree(4),
  ];
  const junk = () => pick(flat)();

  /** Returns random JSON. */
  function tree(depth) {
    const kind = random();
    if (depth === 0 || kind < 0.4) {
      return pick([pick(NUMBERS), pick(WORDS), null, true, 0, 34]);
    }
    const items = Array.from({ length: Math.floor(random() * 4) }, () => tree(depth - 1));
    return kind < 0.7 ? items : Object.fromEntries(items.map((item) => [pick(KEYS), item]));
  }

  /** Returns a copy of a value with junk at a random position. */
  function damaged(value) {
    if (Array.isArray(value) && random() < 0.8) {
      const at = Math.floor(random() * (value.length + 1));
      return at < value.length ? value.with(at, damaged(value[at])) : [...value, junk()];
    }
    if (typeof value === "object" && value !== null && random() < 0.95) {
      const key = random() < 0.9 ? pick(Object.keys(value)) : pick(KEYS);
      return { ...value, [key]: key in value ? damaged(value[key]) : junk() };
    }
    return junk();
  }

  /** Returns a text with a random insertion, deletion or repetition. */
  function broken(text) {
    const at = Math.floor(random() * text.length);
    return pick([
      () => text.slice(0, at),
      () => text.slice(at),
      () => text.slice(0, at) + pick(["\"", "{", "]", ",", "\\", "\ud800", "\0", "1e999", MARK, "\n"]) + text.slice(at),
      () => text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 9)),
      () => text.slice(0, at) + pick(["[", '{"a":']).repeat(pick([50, 200, 2000])) + text.slice(at),
      () => text + pick([MARK, "]", "{}", text]),
      () => pick(WORDS),
    ])();
  }

  return { random, pick, junk, damaged, broken };
}
