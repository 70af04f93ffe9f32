/** Up to five classes for counts from 1 on: single numbers while they are few, then growing ranges. */
export function stepsFor(most: number): { from: number; to: number }[] {
  if (most <= 0) return [];
  if (most <= 5) return Array.from({ length: most }, (_, index) => ({ from: index + 1, to: index + 1 }));
  const ends = [1, 2, 3, 4, 5].map((step) => Math.max(step, Math.round(most ** (step / 5))));
  ends[4] = most;
  return ends.map((to, index) => ({ from: (ends[index - 1] ?? 0) + 1, to })).filter(({ from, to }) => from <= to);
}
