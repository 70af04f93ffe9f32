// Private: how values cross to the core and back. No rule of the field is here.

import init, * as core from "../pkg/lotse.js";

// Far deeper than any record; an array that contains itself ends here at the latest.
const DEEPEST = 32;

// What no field takes, so that the core refuses its place with its own code and path.
const UNFIT = [false];

/** What is wrong with a request. Branch on `code`, which is stable. */
export class LotseError extends Error {
  constructor({ code, path, message, hint, errors }) {
    super(message);
    this.code = code;
    this.path = path;
    this.hint = hint;
    this.errors = errors;
  }
}
// On the prototype, as for every built-in error: not a field of each error, and safe from minifiers.
Object.defineProperty(LotseError.prototype, "name", { value: "LotseError", configurable: true, writable: true });

let started;
let running = false;

/** Loads the module once; after a failure it may be tried again. */
export function ready(source) {
  started ??= Promise.resolve(source)
    .then((bytes) => init(bytes === undefined ? undefined : { module_or_path: bytes }))
    .then(
      () => {
        running = true;
      },
      (failure) => {
        started = undefined;
        throw failure;
      },
    );
  return started;
}

/** The core itself. */
export function loaded() {
  if (!running) {
    throw new Error("lotse is not loaded: call `await ready()` first");
  }
  return core;
}

/** Calls one operation of the core by name; without `today` a missing `as_of` stays missing. */
export function call(operation, request, today) {
  const core = loaded();
  const text = typeof request === "string" ? whole(request) : JSON.stringify(plain(request, []));
  try {
    return JSON.parse(
      today === undefined ? core[`${operation}_json`](text) : core[`${operation}_json_on`](text, today),
    );
  } catch (failure) {
    throw typeof failure === "string" ? new LotseError(JSON.parse(failure)) : failure;
  }
}

/** Today's date where the caller is, like 2026-11-23. */
export function today() {
  const now = new Date();
  const digits = (number, length) => String(number).padStart(length, "0");
  return `${digits(now.getFullYear(), 4)}-${digits(now.getMonth() + 1, 2)}-${digits(now.getDate(), 2)}`;
}

// Half a surrogate pair would silently become U+FFFD. As an escape the core refuses it.
function whole(text) {
  return text.replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

// JSON.stringify turns NaN into null and a Set into {}, which both mean "not stated": a wish would be lost in silence.
function plain(value, outer) {
  if (typeof value?.toJSON === "function") {
    value = value.toJSON() ?? UNFIT; // a date; one that is none says null
  }
  switch (typeof value) {
    case "string":
      return /\p{Surrogate}/u.test(value) ? UNFIT : value;
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : UNFIT;
    case "object":
      break;
    default:
      return UNFIT; // a bigint, a function, a symbol, undefined in an array
  }
  if (value === null) {
    return value;
  }
  if (outer.length >= DEEPEST || outer.includes(value)) {
    return UNFIT;
  }
  const within = [...outer, value];
  if (Array.isArray(value)) {
    return Array.from(value, (item) => plain(item, within)); // also fills the holes of a sparse array
  }
  if (Object.prototype.toString.call(value) !== "[object Object]") {
    return UNFIT; // a Map, a Set, a typed array, a boxed number
  }
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  if (fields.some(([name]) => /\p{Surrogate}/u.test(name))) {
    return UNFIT;
  }
  // `fromEntries` defines fields, so that one called `__proto__` stays a field.
  return Object.fromEntries(fields.map(([name, item]) => [name, plain(item, within)]));
}
