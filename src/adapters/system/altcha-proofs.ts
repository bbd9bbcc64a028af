import { type Challenge, createChallenge, type Solution, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import type { Clock } from '../../application/ports/clock.ts';
import { proofMs, type ProofsOfWork } from '../../application/ports/proofs-of-work.ts';
import { later } from '../../domain/time.ts';

/** What an answer costs: keys of `cost` rounds are derived until one begins with `keyPrefix`. */
export interface Work {
  readonly cost: number;
  /** Hexadecimal digits: each makes the work sixteen times as long. */
  readonly keyPrefix: string;
}
/** 256 keys on average: less than a second on a desktop, some seconds on an old phone. */
const usualWork: Work = { cost: 5_000, keyPrefix: '00' };
const algorithm = 'PBKDF2/SHA-256';

const hex = z
  .string()
  .max(128, { abort: true })
  .regex(/^[\da-f]+$/);
const proofShape = z.strictObject({
  challenge: z.strictObject({
    parameters: z.strictObject({
      algorithm: z.literal(algorithm),
      ...{ nonce: hex, salt: hex, keyPrefix: hex },
      ...{ cost: z.int(), keyLength: z.int(), expiresAt: z.int() },
      data: z.strictObject({ purpose: z.string().max(200) }),
    }),
    signature: hex,
  }),
  solution: z.strictObject({ counter: z.int().min(0), derivedKey: hex }),
});

/** Challenges of ALTCHA's second version, signed with a secret of ours: nothing of them is kept. */
export const altchaProofs = (
  secret: string,
  clock: Clock,
  work: Work = usualWork,
): ProofsOfWork => ({
  challenge: async (purpose) => {
    const challenge = await createChallenge({
      ...{ algorithm, deriveKey, ...work },
      data: { purpose },
      expiresAt: new Date(later(clock.now(), proofMs)),
      hmacSignatureSecret: secret,
    });
    return toText(challenge);
  },
  proven: async (purpose, proof) => {
    const read = proofShape.safeParse(fromText(proof));
    if (!read.success) return undefined;
    const { challenge, solution } = read.data;
    const { parameters, signature } = challenge;
    if (parameters.data.purpose !== purpose) return undefined;
    if (parameters.expiresAt * 1_000 <= clock.now()) return undefined;
    const settings = { challenge, solution, deriveKey, hmacSignatureSecret: secret };
    const { verified } = await verifySolution(settings);
    return verified ? signature : undefined;
  },
});

const toText = (value: Challenge | { challenge: Challenge; solution: Solution }): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

const fromText = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};
