import type { ReceiptKey } from './receipt-signer.ts';

/** A key of receipts as it is kept. */
export interface KeptReceiptKey extends ReceiptKey {
  /** Locked; absent once the key signs no more. */
  readonly lockedPrivate: string | undefined;
}

/**
 * Keeps the keys that sign receipts, for all portals. Promises, proved by test/contracts/receipt-key-store.test.ts:
 * - exactly one key is at work, also when many begin at once;
 * - no key is ever forgotten, and one that signs no more has no private part.
 */
export interface ReceiptKeyStore {
  atWork(): Promise<KeptReceiptKey | undefined>;
  /** Puts a key to work where none is; answers the one at work. */
  begin(key: KeptReceiptKey): Promise<KeptReceiptKey>;
  /** Retires the key at work and puts this one in its place. */
  replace(key: KeptReceiptKey): Promise<void>;
  /** All keys, the newest first. */
  all(): Promise<ReceiptKey[]>;
}
