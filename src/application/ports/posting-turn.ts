/**
 * Whose turn it is to post in an accounting system that has no key of ours. Promises, proved by
 * test/adapters/postgres/session-lock.test.ts:
 * - at any moment at most one process is told that it has the turn;
 * - who dies, or is cut off from the others, has it no more; the next who asks gets it.
 */
export interface PostingTurn {
  /** Asks for the turn where nobody has it. Throws an Outage where nobody can tell. */
  isOurs(): Promise<boolean>;
}
