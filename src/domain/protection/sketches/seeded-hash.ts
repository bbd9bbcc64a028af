/**
 * 32 bits of a text, evenly spread and not to be foreseen without the seed: who cannot foresee them can make no
 * two keys collide. For counting only; it protects no secret.
 */
export function seededHash(text: string, seed: number): number {
  let hash = seed ^ text.length;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  return mixed(hash);
}

/** The finaliser of MurmurHash3: every bit of the input changes half of the output. */
export function mixed(bits: number): number {
  let hash = bits;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
