// Compares results with golden cases, in Node and in the page; see tests/golden/README.md.

const SENTENCES = ["text", "message", "hint"];

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function ensure(holds, message) {
  if (!holds) {
    throw new Error(message);
  }
}

/** Asserts that values are equal as data. A sentence that `want` does not state may have any value. */
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
    // Not `Object.is`, which distinguishes 0 and -0.
    ensure(got === want, `${path}: ${JSON.stringify(got)}, wanted ${JSON.stringify(want)}`);
  }
}

/** Asserts that every stated key is equal. */
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

/** Returns the exception of `work`, or `undefined` if it succeeds. */
export function thrownBy(work) {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

/** Asserts that the operation returns the result or throws the error of the case. */
export function judge({ input, want, want_error: wantError }, operation, LotseError) {
  if (wantError === undefined) {
    same(operation(input), want, "response");
    return;
  }
  const thrown = thrownBy(() => operation(input));
  ensure(thrown !== undefined, "nothing was thrown");
  ensure(thrown instanceof LotseError, `not a LotseError: ${thrown}`);
  sameStated(thrown, wantError, "error");
}

/** The case that must reach the core without a day, which `wire` would add. */
export const WITHOUT_A_DAY = "request-as-of-missing";
