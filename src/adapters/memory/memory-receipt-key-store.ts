import type { KeptReceiptKey, ReceiptKeyStore } from '../../application/ports/receipt-key-store.ts';
import type { ReceiptKey } from '../../application/ports/receipt-signer.ts';

/** Keys of receipts in a list, the one at work first. */
export class MemoryReceiptKeyStore implements ReceiptKeyStore {
  #keys: KeptReceiptKey[] = [];

  async atWork(): Promise<KeptReceiptKey | undefined> {
    return this.#keys[0];
  }

  async begin(key: KeptReceiptKey): Promise<KeptReceiptKey> {
    const [first = key] = this.#keys;
    if (this.#keys.length === 0) this.#keys = [key];
    return first;
  }

  async replace(key: KeptReceiptKey): Promise<void> {
    const retired = this.#keys.map((old) => ({ ...old, lockedPrivate: undefined }));
    this.#keys = [key, ...retired];
  }

  async all(): Promise<ReceiptKey[]> {
    return this.#keys.map(({ kid, kty, crv, x }) => ({ kid, kty, crv, x }));
  }
}
