import { randomFillSync } from 'node:crypto';

const poolBytes = 4_096;
/** Longer draws go to the system's source themselves. */
const longestDraw = 64;

/**
 * Draws bytes from the operating system's cryptographic source, a page at a time: asked for each message anew, the
 * source costs about as much as signing it. Nothing is given out twice, nor kept once it is given out.
 */
export function randomPool(): (count: number) => Uint8Array<ArrayBuffer> {
  const pool = new Uint8Array(poolBytes);
  let used = poolBytes;
  return (count) => {
    if (count > longestDraw) return randomFillSync(new Uint8Array(count));
    if (used + count > poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    const drawn = pool.slice(used, used + count);
    pool.fill(0, used, used + count);
    used += count;
    return drawn;
  };
}
