/**
 * Which ids mean somebody. Promises, proved by test/contracts/real-ids.test.ts:
 * - the id of every account and of every customer under contract is real, from the moment the books have it.
 */
export interface RealIds {
  /** Those of the ids that are real, in their order. */
  among(ids: readonly string[]): Promise<readonly string[]>;
}
