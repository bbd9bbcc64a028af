import type { CustomerId } from '../../domain/ids.ts';
import type { MemoryWakeups } from './memory-wakeups.ts';

/** One thing that happened to a customer, for the open pages. */
export interface FeedItem {
  readonly kind: 'operation' | 'payment' | 'reset';
  readonly ref: string | undefined;
  readonly detail: string | undefined;
}

/** Every customer's feed; the place in the list plus one is the sequence number. */
export class MemoryFeed {
  readonly #feeds = new Map<CustomerId, FeedItem[]>();
  readonly #wakeups: MemoryWakeups;

  constructor(wakeups: MemoryWakeups) {
    this.#wakeups = wakeups;
  }

  add(customer: CustomerId, items: readonly FeedItem[]): void {
    this.#feeds.set(customer, [...this.of(customer), ...items]);
    this.#wakeups.tell('live', customer);
  }

  of(customer: CustomerId): readonly FeedItem[] {
    return this.#feeds.get(customer) ?? [];
  }
}
