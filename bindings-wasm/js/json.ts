// How values cross to the core: as JSON text, and never as another value than the one that was given.

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

// Far deeper than any record; an array that contains itself ends here at the latest.
const DEEPEST = 32;

// What no field takes, so that the core refuses its place with its own code and path.
const UNFIT: Json = [false];

const HALF = /\p{Surrogate}/u;

/** Any data as JSON text. */
export function json(value: unknown): string {
  // A copy takes ten times as long as a look, and most data are plain.
  return JSON.stringify(isPlain(value, DEEPEST) ? value : plain(value, []));
}

/** Records as JSON text; text is JSON text already, if it is any. */
export function text(records: unknown): string {
  return typeof records === "string" ? whole(records) : json(records);
}

/** The same, where nothing may be given. */
export function maybeText(records: unknown): string | undefined {
  return records === undefined || records === null ? undefined : text(records);
}

/** A text that is no JSON, such as an id. The core would get half a surrogate pair as another character. */
export function word(value: unknown, what: string): string {
  if (typeof value !== "string" || !isWhole(value)) {
    throw new TypeError(`${what} must be a well-formed string`);
  }
  return value;
}

// Half a surrogate pair would silently become U+FFFD. What stands here instead has no place in JSON.
function whole(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\0");
}

const ownCheck = (String.prototype as { isWellFormed?: (this: string) => boolean }).isWellFormed;

/** Whether no half of a surrogate pair is in it. */
const isWhole = ownCheck ? (text: string) => ownCheck.call(text) : (text: string) => !HALF.test(text);

// Whether JSON.stringify writes just what is there.
function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
      return isWhole(value);
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
        return false; // a hole too
      }
    }
    return true;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    return false;
  }
  for (const name in value) {
    const item = (value as Record<string, unknown>)[name];
    if (!isWhole(name) || (item !== undefined && !isPlain(item, depth - 1))) {
      return false;
    }
  }
  return true;
}

// JSON.stringify turns NaN into null and a Set into {}, which both mean "not stated": a wish would be lost in silence.
function plain(given: unknown, outer: readonly object[]): Json {
  const value = hasOwnForm(given) ? (given.toJSON() ?? UNFIT) : given; // a date; one that is none says null
  switch (typeof value) {
    case "string":
      return isWhole(value) ? value : UNFIT;
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
    if (Object.keys(value).length < value.length) {
      return UNFIT; // holes, of which there may be more than time allows
    }
    return Array.from(value, (item) => plain(item, within));
  }
  if (Object.prototype.toString.call(value) !== "[object Object]") {
    return UNFIT; // a Map, a Set, a typed array, a boxed number
  }
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  if (!fields.every(([name]) => isWhole(name))) {
    return UNFIT;
  }
  // `fromEntries` defines fields, so that one called `__proto__` stays a field.
  return Object.fromEntries(fields.map(([name, item]) => [name, plain(item, within)]));
}

function hasOwnForm(value: unknown): value is { toJSON(): unknown } {
  return typeof (value as { toJSON?: unknown } | null | undefined)?.toJSON === "function";
}
