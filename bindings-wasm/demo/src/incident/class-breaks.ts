/** Returns up to five classes for counts from 1 to `max`: single counts if there are few, else geometric ranges. */
export function classBreaks(max: number): { from: number; to: number }[] {
  if (max <= 0) return [];
  if (max <= 5) return Array.from({ length: max }, (_, index) => ({ from: index + 1, to: index + 1 }));
  const ends = [1, 2, 3, 4, 5].map((step) => Math.max(step, Math.round(max ** (step / 5))));
  ends[4] = max;
  return ends.map((to, index) => ({ from: (ends[index - 1] ?? 0) + 1, to })).filter(({ from, to }) => from <= to);
}
