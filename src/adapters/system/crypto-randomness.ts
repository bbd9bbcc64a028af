import { randomBytes, randomInt } from 'node:crypto';
import type { Randomness } from '../../application/ports/randomness.ts';
import { randomPool } from './random-pool.ts';

/** Chance from the operating system's cryptographic source. */
export function cryptoRandomness(): Randomness {
  const draw = randomPool();
  const nextId = uuidV7Maker(draw);
  return {
    id: () => nextId(Date.now()),
    digits: (count) => Array.from({ length: count }, () => String(randomInt(10))).join(''),
    token: () => randomBytes(32).toString('base64url'),
    bytes: draw,
  };
}

/**
 * Makes UUIDs of version 7 from a time in milliseconds: each sorts after the one before it, also within
 * a millisecond and when the clock is set back. Source: RFC 9562, sections 5.7 and 6.2 (method 1).
 */
export function uuidV7Maker(draw = randomPool()): (nowMs: number) => string {
  let lastMs = 0;
  let counter = 0;
  return (nowMs) => {
    if (nowMs > lastMs) {
      lastMs = nowMs;
      // Half of the counter's range stays free for the ids of the same millisecond.
      counter = randomInt(0x800);
    } else if (counter < 0xfff) {
      counter += 1;
    } else {
      lastMs += 1;
      counter = 0;
    }
    const bytes = Buffer.from(draw(16).buffer);
    bytes.writeUIntBE(lastMs, 0, 6);
    bytes.writeUInt16BE(0x7000 | counter, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20),
    ].join('-');
  };
}
