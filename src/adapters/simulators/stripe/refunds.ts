import { BoundedMap } from '../bounded-map.ts';
import type { Timers } from '../timers.ts';
import { newId } from './payer-moves.ts';
import type { Fact, Wire } from './payer-moves.ts';
import { chargeAnswer, refundAnswer } from './stripe-answers.ts';
import type { Intent, Refund } from './stripe-objects.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

const REFUND_LIMIT = 10_000;

/** The newest 10 000 refunds: each paid back at once, or pending for a while, or until somebody says so. */
export class Refunds {
  readonly #wire: Wire;
  readonly #webhooks: Webhooks;
  readonly #timers: Timers;
  readonly #pendingMs: number;
  readonly #refunds = new BoundedMap<string, Refund>(REFUND_LIMIT);
  readonly #waiting = new BoundedMap<string, true>(REFUND_LIMIT);

  /** `pendingMs`: how long a new refund stays pending; 0: it does not. */
  constructor(wire: Wire, webhooks: Webhooks, timers: Timers, pendingMs: number) {
    this.#wire = wire;
    this.#webhooks = webhooks;
    this.#timers = timers;
    this.#pendingMs = pendingMs;
  }

  make(
    intent: Intent,
    amount: number,
    more: Pick<Refund, 'reason' | 'metadata'>,
  ): { readonly refund: Refund; readonly facts: Fact[] } {
    const waits = this.#waiting.get(intent.id) === true;
    const refund: Refund = {
      ...more,
      id: newId('re_'),
      intent,
      amount,
      created: this.#wire.now(),
      status: waits || this.#pendingMs > 0 ? 'pending' : 'succeeded',
      failureReason: undefined,
    };
    intent.amountRefunded += amount;
    this.#refunds.set(refund.id, refund);
    if (!waits && refund.status === 'pending') this.#settleLater(refund);
    return { refund, facts: [this.#fact('created', refund), this.#chargeFact(intent)] };
  }

  /** Keeps the next refunds of the intent pending until `settleLast` or `failLast`. */
  holdBack(intent: Intent): void {
    this.#waiting.set(intent.id, true);
  }

  /** The newest refund still pending is paid out; undefined when there is none. */
  settleLast(intent: Intent): Fact[] | undefined {
    const refund = this.ofIntent(intent.id).find(({ status }) => status === 'pending');
    return refund === undefined ? undefined : this.#settle(refund);
  }

  /** The newest refund comes back, a closed card say, also days after it was paid out; undefined when there is none. */
  failLast(intent: Intent): Fact[] | undefined {
    const refund = this.ofIntent(intent.id).find(({ status }) => status !== 'failed');
    if (refund === undefined) return undefined;
    refund.status = 'failed';
    refund.failureReason = 'expired_or_canceled_card';
    intent.amountRefunded -= refund.amount;
    return [this.#fact('failed', refund), this.#chargeFact(intent)];
  }

  withId(id: string): Refund | undefined {
    return this.#refunds.get(id);
  }

  /** Lists the intent's refunds, or all of them, newest first. */
  ofIntent(intentId: string | undefined): Refund[] {
    const all = this.#refunds.newestFirst();
    return intentId === undefined ? all : all.filter(({ intent }) => intent.id === intentId);
  }

  #settleLater(refund: Refund): void {
    this.#timers.after(this.#pendingMs, () => {
      if (refund.status === 'pending') void this.#webhooks.send(this.#settle(refund));
    });
  }

  #settle(refund: Refund): Fact[] {
    refund.status = 'succeeded';
    return [this.#fact('updated', refund)];
  }

  #fact(what: 'created' | 'updated' | 'failed', refund: Refund): Fact {
    const { paymentId } = refund.intent;
    return { type: `refund.${what}`, object: refundAnswer(refund), paymentId };
  }

  #chargeFact(intent: Intent): Fact {
    const object = chargeAnswer(intent, this.#wire.live);
    return { type: 'charge.refunded', object, paymentId: intent.paymentId };
  }
}
