// What a page tells the test that opened it.

export function ensure(holds, message) {
  if (!holds) {
    throw new Error(message);
  }
}

export function equal(got, want, message = "") {
  const [found, wanted] = [JSON.stringify(got), JSON.stringify(want)];
  ensure(found === wanted, `${message} ${found}, wanted ${wanted}`);
}

/** What a promise is rejected with. */
export async function rejection(promise) {
  let answer;
  try {
    answer = await promise;
  } catch (thrown) {
    return thrown;
  }
  throw new Error(`not rejected: ${JSON.stringify(answer)}`);
}

/** Runs tests one after another and leaves the list of their names and failures. */
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
