// Encodes values as JSON text for the core. A value that JSON cannot represent is replaced by one that no field
// accepts, so that the core rejects it with code and path, instead of reading another value than the given one.

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

// Deeper than any record; also ends the recursion for an array that contains itself.
const MAX_DEPTH = 32;

// INVARIANT: no field of a record accepts this value.
const INVALID: Json = [false];

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Encodes any value. */
export function toJson(input: unknown): string {
  const value = jsonValue(input);
  // Copying takes ten times as long as checking, and most values are plain.
  return JSON.stringify(isPlain(value, MAX_DEPTH) ? value : sanitize(value, []));
}

/** Returns the value that JSON represents: the result of `toJSON`, if the input has that method. */
export function jsonValue(input: unknown): unknown {
  return hasToJson(input) ? (input.toJSON() ?? INVALID) : input; // an invalid Date returns null
}

/** Encodes records; a string is taken as JSON text already. */
export function recordsToJson(records: unknown): string {
  return typeof records === "string" ? replaceLoneSurrogates(records) : toJson(records);
}

/** Encodes records, or returns `undefined` for `undefined` and `null`. */
export function optionalRecordsToJson(records: unknown): string | undefined {
  return records === undefined || records === null ? undefined : recordsToJson(records);
}

/**
 * Returns the value if it is a well-formed string, for arguments that cross as plain text, such as an id.
 *
 * @throws TypeError otherwise: the core would receive a lone surrogate as another character
 */
export function checkedString(value: unknown, what: string): string {
  if (typeof value !== "string" || !isWellFormed(value)) {
    throw new TypeError(`${what} must be a well-formed string`);
  }
  return value;
}

// A lone surrogate would silently become U+FFFD; a NUL is an error in JSON text.
function replaceLoneSurrogates(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\0");
}

const nativeIsWellFormed = (String.prototype as { isWellFormed?: (this: string) => boolean }).isWellFormed;

/** Returns `true` if the text has no lone surrogate. */
const isWellFormed = nativeIsWellFormed
  ? (text: string) => nativeIsWellFormed.call(text)
  : (text: string) => !LONE_SURROGATE.test(text);

// Returns `true` if `JSON.stringify` represents the value exactly.
function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
      return isWellFormed(value);
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object":
      break;
    default:
      return false;
  }
  if (value === null) {
    return true;
  }
  if (depth === 0 || "toJSON" in value) {
    return false;
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      if (!isPlain(value[index], depth - 1)) {
        return false; // also for a hole
      }
    }
    return true;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    return false;
  }
  for (const name in value) {
    const item = (value as Record<string, unknown>)[name];
    if (!isWellFormed(name) || (item !== undefined && !isPlain(item, depth - 1))) {
      return false;
    }
  }
  return true;
}

// Copies the value with `INVALID` for each value that JSON cannot represent. `JSON.stringify` alone turns NaN into null
// and a Set into {}, which both mean "not stated": a requirement would silently be lost.
function sanitize(input: unknown, ancestors: readonly object[]): Json {
  const value = jsonValue(input);
  switch (typeof value) {
    case "string":
      return isWellFormed(value) ? value : INVALID;
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : INVALID;
    case "object":
      break;
    default:
      return INVALID; // a bigint, a function, a symbol, undefined in an array
  }
  if (value === null) {
    return value;
  }
  if (ancestors.length >= MAX_DEPTH || ancestors.includes(value)) {
    return INVALID;
  }
  const path = [...ancestors, value];
  if (Array.isArray(value)) {
    if (Object.keys(value).length < value.length) {
      return INVALID; // holes: a sparse array may be longer than can be copied
    }
    return Array.from(value, (item) => sanitize(item, path));
  }
  if (Object.prototype.toString.call(value) !== "[object Object]") {
    return INVALID; // a Map, a Set, a typed array, a boxed number
  }
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  if (!fields.every(([name]) => isWellFormed(name))) {
    return INVALID;
  }
  // `fromEntries` defines fields, so a field called `__proto__` stays a field.
  return Object.fromEntries(fields.map(([name, item]) => [name, sanitize(item, path)]));
}

function hasToJson(value: unknown): value is { toJSON(): unknown } {
  return typeof (value as { toJSON?: unknown } | null | undefined)?.toJSON === "function";
}
