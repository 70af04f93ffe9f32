// Contenders take turns in one run, so that other load affects all of them equally; the median counts.

/**
 * Runs turns and returns their times by name. A contender gets no more turns after `limit` milliseconds. The first
 * turns are a warm-up; they count only for a contender that reaches the limit in them.
 */
export async function takeTurns(contenders, { rounds, warmUp = 3, limit = 30_000 }) {
  const all = contenders.map((contender) => ({ ...contender, times: [], spent: 0 }));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const contender of all.filter(({ spent }) => spent <= limit)) {
      const start = performance.now();
      const took = await contender.turn();
      contender.spent += performance.now() - start;
      if (round >= 0 || contender.spent > limit) {
        contender.times.push(took);
      }
    }
  }
  await Promise.all(all.map(({ end }) => end()));
  return Object.fromEntries(all.map(({ name, times }) => [name, times]));
}

/** Returns the milliseconds that work takes, and its result. */
export function timed(work) {
  const start = performance.now();
  const result = work();
  return [performance.now() - start, result];
}

export function median(values) {
  return quantile(values, 0.5);
}

export function quantile(values, fraction) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))];
}
