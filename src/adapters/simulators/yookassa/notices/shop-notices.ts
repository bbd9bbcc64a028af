import { randomUUID } from 'node:crypto';
import type { Delivery, Notice, Notifier } from '../../notifier.ts';
import type { Fact } from './fact.ts';
import { forged } from './forgery.ts';
import type { Forgery } from './forgery.ts';

/**
 * What the shop is told. Nothing is signed and nothing numbered: all that speaks for a notification is the address it
 * comes from, which stands in the header a reverse proxy would write.
 */
export class ShopNotices {
  readonly notifier: Notifier;
  readonly #sourceAddress: string;

  constructor(notifier: Notifier, sourceAddress: string) {
    this.notifier = notifier;
    this.#sourceAddress = sourceAddress;
  }

  /** Tells the shop, in order; resolves after the first try of each. Never throws. */
  send(facts: readonly Fact[]): Promise<Delivery[]> {
    return this.notifier.send(this.of(facts));
  }

  of(facts: readonly Fact[]): Notice[] {
    return facts.map((fact) => noticeOf(fact, this.#sourceAddress, true));
  }

  /** A bad notification in place of this one. */
  forged(fact: Fact, forgery: Forgery): Notice {
    const bad = forged(fact, this.#sourceAddress, forgery);
    return noticeOf(bad.fact, bad.sourceAddress, false);
  }
}

function noticeOf({ event, object, paymentId }: Fact, source: string, repeats: boolean): Notice {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': source };
  const body = JSON.stringify({ type: 'notification', event, object });
  return { id: randomUUID(), paymentId, kind: event, repeats, write: () => ({ headers, body }) };
}
