// Contenders take turns in one run, so that a busy machine is busy for all of them; what counts is the median.

/**
 * The turns of each by name. Who is slow gets no more of them after `limit` milliseconds. The first turns warm up: they
 * do not count, but where there are no others.
 */
export async function takeTurns(contenders, { rounds, warmUp = 3, limit = 30_000 }) {
  const all = contenders.map((contender) => ({ ...contender, taken: [], spent: 0 }));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const one of all.filter(({ spent }) => spent <= limit)) {
      const start = performance.now();
      const took = await one.turn();
      one.spent += performance.now() - start;
      if (round >= 0 || one.spent > limit) {
        one.taken.push(took);
      }
    }
  }
  await Promise.all(all.map(({ end }) => end()));
  return Object.fromEntries(all.map(({ name, taken }) => [name, taken]));
}

/** Milliseconds that work takes, and what it gives. */
export function timed(work) {
  const start = performance.now();
  const result = work();
  return [performance.now() - start, result];
}

export function median(values) {
  return quantile(values, 0.5);
}

export function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
