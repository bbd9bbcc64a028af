/**
 * How evenly counts are spread, 0 to 1: 1 where all keys have the same, 0 where one has everything. Entropy over the
 * logarithm of the number of keys.
 */
export function evenness(counts: Iterable<number>): number {
  let total = 0;
  let keys = 0;
  let weighted = 0;
  for (const count of counts) {
    if (count <= 0) continue;
    keys += 1;
    total += count;
    weighted += count * Math.log(count);
  }
  if (keys < 2) return keys === 0 ? 1 : 0;
  return Math.min(1, Math.max(0, (Math.log(total) - weighted / total) / Math.log(keys)));
}
