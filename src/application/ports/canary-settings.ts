/** An account id that nobody has: whoever uses it has read what they should not. */
export interface Canary {
  readonly id: string;
  /** Where it was laid out; the gateways are not told. */
  readonly note: string;
}

/**
 * The canaries as people set them. Promises, proved by test/contracts/canary-settings.test.ts:
 * - what was kept is read, whole, also while somebody keeps something else;
 * - at first there are none; an id is there once.
 */
export interface CanarySettings {
  /** In the order in which they were added. */
  read(): Promise<readonly Canary[]>;
  /** All of them: what is not named is gone. */
  keep(canaries: readonly Canary[]): Promise<void>;
}
