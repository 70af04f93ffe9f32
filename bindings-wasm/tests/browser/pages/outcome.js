// Runs tests in a page, and leaves their outcome for the test that opened it.

export function ensure(holds, message) {
  if (!holds) {
    throw new Error(message);
  }
}

export function equal(got, want, message = "") {
  const [found, wanted] = [JSON.stringify(got), JSON.stringify(want)];
  ensure(found === wanted, `${message} ${found}, wanted ${wanted}`);
}

/** Returns the reason with which a promise is rejected. */
export async function rejection(promise) {
  let value;
  try {
    value = await promise;
  } catch (thrown) {
    return thrown;
  }
  throw new Error(`not rejected: ${JSON.stringify(value)}`);
}

/** Runs tests one after another and stores their names and failures in `globalThis.outcome`. */
export async function run(tests) {
  const outcome = [];
  for (const [name, test] of Object.entries(tests)) {
    const slow = new Promise((_, reject) => setTimeout(() => reject(new Error("not done in 30 seconds")), 30_000));
    try {
      await Promise.race([test(), slow]);
      outcome.push({ name, failure: null });
    } catch (failure) {
      outcome.push({ name, failure: `${failure?.stack ?? failure}` });
    }
  }
  globalThis.outcome = outcome;
}
