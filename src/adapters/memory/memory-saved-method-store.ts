import type { SavedMethodStore } from '../../application/ports/saved-method-store.ts';
import type { CustomerId, SavedMethodId } from '../../domain/ids.ts';
import type { SavedMethod } from '../../domain/saved-method.ts';

interface Kept {
  readonly method: SavedMethod;
  readonly sealedToken: string;
}

/** Remembered payment methods in a map. */
export class MemorySavedMethodStore implements SavedMethodStore {
  readonly #kept = new Map<SavedMethodId, Kept>();

  async add(method: SavedMethod, sealedToken: string): Promise<void> {
    const isKnown = [...this.#kept.values()].some(
      (kept) => kept.method.paymentId === method.paymentId,
    );
    if (!isKnown) this.#kept.set(method.id, { method, sealedToken });
  }

  async list(customer: CustomerId): Promise<SavedMethod[]> {
    return [...this.#kept.values()]
      .map(({ method }) => method)
      .filter(({ customerId }) => customerId === customer)
      .toSorted((a, b) => (a.id < b.id ? 1 : -1));
  }

  async find(id: SavedMethodId, customer: CustomerId): Promise<Kept | undefined> {
    const kept = this.#kept.get(id);
    return kept?.method.customerId === customer ? kept : undefined;
  }

  async forget(id: SavedMethodId, customer: CustomerId): Promise<boolean> {
    const kept = await this.find(id, customer);
    return kept !== undefined && this.#kept.delete(id);
  }
}
