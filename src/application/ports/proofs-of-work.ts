/**
 * Challenges that cost whoever answers them a second of computing and cost us nearly nothing. Both texts are opaque
 * outside the adapter and the browser. Promises:
 * - a proof fits the purpose its challenge was made for and no other, and only for `proofMs`;
 * - whatever else comes as a proof, made up or altered, proves nothing; nothing is thrown for it.
 */
export interface ProofsOfWork {
  challenge(purpose: string): Promise<string>;
  /** The name of the challenge that was answered, so that it can be spent once; undefined where nothing is proved. */
  proven(purpose: string, proof: string): Promise<string | undefined>;
}

/** How long a challenge can be answered. */
export const proofMs = 300_000;
