/**
 * Where the sightings of one incident came from, in bounded space: counts of the busiest origins, and a HyperLogLog
 * sketch of how many there are. Plain values, so that it can be stored as it is.
 */
export interface Origins {
  /** Sightings by origin; exact while no more than `keptLimit` origins came. */
  readonly kept: Readonly<Record<string, number>>;
  /** One character per register of the sketch. */
  readonly sketch: string;
  /** False once there were more origins than are kept. */
  readonly isExact: boolean;
}

/** An origin with more than one sighting in so many is always among the kept. */
export const keptLimit = 64;
const registerBits = 8;
const registers = 2 ** registerBits;
const zero = '0'.charCodeAt(0);

export const noOrigins: Origins = { kept: {}, sketch: '0'.repeat(registers), isExact: true };

/** Counts one sighting from an origin. Past the limit the rarest makes room and leaves its count ("space saving"). */
export function addOrigin(origins: Origins, origin: string): Origins {
  const sketch = sketched(origins.sketch, hash(origin));
  const counts = new Map(Object.entries(origins.kept));
  const held = counts.get(origin);
  if (held !== undefined || counts.size < keptLimit) {
    counts.set(origin, (held ?? 0) + 1);
    return { ...origins, kept: Object.fromEntries(counts), sketch };
  }
  const [rarest, count] = ranked(counts).at(-1) ?? ['', 0];
  counts.delete(rarest);
  counts.set(origin, count + 1);
  return { kept: Object.fromEntries(counts), sketch, isExact: false };
}

/** The busiest origins, the busiest first. */
export const topOrigins = (
  { kept }: Origins,
  limit = 20,
): readonly { readonly origin: string; readonly sightings: number }[] =>
  ranked(new Map(Object.entries(kept)))
    .slice(0, limit)
    .map(([origin, sightings]) => ({ origin, sightings }));

/** How many distinct origins there were: exact up to `keptLimit`, within some 20 % above. */
export function originCount({ kept, sketch, isExact }: Origins): number {
  if (isExact) return Object.keys(kept).length;
  const ranks = [...sketch].map((letter) => letter.charCodeAt(0) - zero);
  const raw =
    ((0.7213 / (1 + 1.079 / registers)) * registers ** 2) /
    ranks.reduce((sum, rank) => sum + 2 ** -rank, 0);
  const empty = ranks.filter((rank) => rank === 0).length;
  const isSmall = raw <= 2.5 * registers && empty > 0;
  const estimate = isSmall ? registers * Math.log(registers / empty) : raw;
  return Math.max(keptLimit + 1, Math.round(estimate));
}

const ranked = (counts: ReadonlyMap<string, number>): [string, number][] =>
  [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));

function sketched(sketch: string, hashed: number): string {
  const at = hashed >>> (32 - registerBits);
  const rank = Math.clz32((hashed << registerBits) | (2 ** registerBits - 1)) + 1;
  if (sketch.charCodeAt(at) - zero >= rank) return sketch;
  return sketch.slice(0, at) + String.fromCharCode(zero + rank) + sketch.slice(at + 1);
}

/** FNV-1a, mixed as in MurmurHash3 so that every bit counts. */
function hash(text: string): number {
  let mixed = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
  }
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
