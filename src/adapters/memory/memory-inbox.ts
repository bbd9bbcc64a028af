import type { OddNotification } from '../../application/ports/payment-desk.ts';
import type { InboxEvent } from '../../application/ports/payment-store.ts';
import type { Instant } from '../../domain/time.ts';

interface Met {
  readonly event: InboxEvent;
  readonly paymentId: string;
  readonly firstSeenAt: Instant;
  readonly isApplied: boolean;
  readonly why: string | undefined;
}

/** Which events of providers were met, and whether they had their effect. */
export class MemoryInbox {
  readonly #events = new Map<string, Met>();

  /** Looks without noting. */
  look(event: InboxEvent): 'new' | 'applied' | 'other-body' {
    const met = this.#events.get(keyOf(event));
    if (met?.isApplied !== true) return 'new';
    return met.event.bodyHash === event.bodyHash ? 'applied' : 'other-body';
  }

  note(event: InboxEvent, paymentId: string, isApplied: boolean, why?: string): Met {
    const firstSeenAt = this.#events.get(keyOf(event))?.firstSeenAt ?? event.receivedAt;
    const met = { event, paymentId, firstSeenAt, isApplied, why };
    this.#events.set(keyOf(event), met);
    return met;
  }

  park(event: InboxEvent, paymentId: string, now: Instant): Met {
    const seen = { ...event, receivedAt: now };
    return this.#events.get(keyOf(event)) ?? this.note(seen, paymentId, false);
  }

  odd(limit: number): OddNotification[] {
    return [...this.#events.values()]
      .filter(({ isApplied, why }) => !isApplied || why !== undefined)
      .toSorted((a, b) => b.firstSeenAt - a.firstSeenAt)
      .slice(0, limit)
      .map(({ event, paymentId, why, firstSeenAt }) => ({
        provider: event.provider,
        eventKey: event.eventKey,
        paymentId,
        why: why ?? 'no payment of ours',
        receivedAt: firstSeenAt,
      }));
  }
}

const keyOf = (event: InboxEvent): string => `${event.provider}:${event.eventKey}`;
