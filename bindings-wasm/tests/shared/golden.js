// How golden cases are compared, in Node and in the page alike: see tests/golden/README.md.

const SENTENCES = ["text", "message", "hint"];

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function ensure(holds, message) {
  if (!holds) {
    throw new Error(message);
  }
}

/** Equal as data; where the wanted object is silent on a sentence, any will do. */
export function same(got, want, path) {
  if (isObject(want)) {
    ensure(isObject(got), `${path}: not an object`);
    const extra = Object.keys(got).filter((key) => !Object.hasOwn(want, key) && !SENTENCES.includes(key));
    ensure(extra.length === 0, `${path}: unwanted ${extra}`);
    for (const [key, value] of Object.entries(want)) {
      ensure(Object.hasOwn(got, key), `${path}.${key}: missing`);
      same(got[key], value, `${path}.${key}`);
    }
  } else if (Array.isArray(want)) {
    ensure(Array.isArray(got), `${path}: not an array`);
    ensure(got.length === want.length, `${path}: ${got.length} items, wanted ${want.length}`);
    want.forEach((value, index) => same(got[index], value, `${path}[${index}]`));
  } else {
    // Not `Object.is`: to it, 0 and -0 differ.
    ensure(got === want, `${path}: ${JSON.stringify(got)}, wanted ${JSON.stringify(want)}`);
  }
}

/** Every key that is stated is equal. */
export function sameStated(got, want, path) {
  for (const [key, value] of Object.entries(want)) {
    ensure(key in got, `${path}.${key}: missing`);
    if (key === "errors") {
      const found = `${path}.errors: ${got.errors.length} items, wanted ${value.length}`;
      ensure(got.errors.length === value.length, found);
      value.forEach((stated, index) => sameStated(got.errors[index], stated, `${path}.errors[${index}]`));
    } else {
      same(got[key], value, `${path}.${key}`);
    }
  }
}

/** What is thrown, or nothing where the work succeeds. */
export function thrownBy(work) {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

/** Throws unless the operation answers as the case wants. */
export function judge({ input, want, want_error: wantError }, operation, LotseError) {
  if (wantError === undefined) {
    same(operation(input), want, "answer");
    return;
  }
  const thrown = thrownBy(() => operation(input));
  ensure(thrown !== undefined, "nothing was thrown");
  ensure(thrown instanceof LotseError, `not a LotseError: ${thrown}`);
  sameStated(thrown, wantError, "error");
}

/** The one case that is asked without a day, which `wire` fills in and the core does not: how the core refuses it. */
export const WITHOUT_A_DAY = "request-as-of-missing";
