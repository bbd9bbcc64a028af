import { BoundedMap } from '../bounded-map.ts';
import type { Timers } from '../timers.ts';
import { expire, newId, payLater, pay, isUndecided } from './payer-moves.ts';
import type { Wire } from './payer-moves.ts';
import type { NewSession } from './api/session-request.ts';
import type { Intent, Refund, Session } from './stripe-objects.ts';
import type { WebhookSender } from './webhooks/webhook-sender.ts';

export const SESSION_LIMIT = 10_000;
/** How long the bank behind a delayed method thinks. */
const DELAYED_METHOD_MS = 20_000;
const EXPIRY_WATCH_MS = 5_000;

/** The simulated acquirer: its sessions and refunds, newest 10 000 of each, and who made them. */
export class Acquirer {
  readonly wire: Wire;
  readonly #webhooks: WebhookSender;
  readonly #timers: Timers;
  readonly #sessions = new BoundedMap<string, Session>(SESSION_LIMIT);
  readonly #byIntent = new BoundedMap<string, Session>(SESSION_LIMIT);
  readonly #byPayment = new BoundedMap<string, Session>(SESSION_LIMIT);
  readonly #refunds = new BoundedMap<string, Refund>(SESSION_LIMIT);
  readonly #made = new BoundedMap<string, Made>(SESSION_LIMIT);

  constructor(wire: Wire, webhooks: WebhookSender, timers: Timers) {
    this.wire = wire;
    this.#webhooks = webhooks;
    this.#timers = timers;
    void this.#expireInTime();
  }

  create(request: NewSession): Session {
    const session: Session = {
      ...request,
      id: newId(this.wire.live ? 'cs_live_' : 'cs_test_'),
      created: nowSeconds(),
      status: 'open',
      paymentStatus: 'unpaid',
      intent: undefined,
    };
    this.#sessions.set(session.id, session);
    if (session.paymentId !== '') this.#remember(session);
    return session;
  }

  #remember(session: Session): void {
    const { paymentId } = session;
    this.#byPayment.set(paymentId, session);
    const sessions = (this.#made.get(paymentId)?.sessions ?? 0) + 1;
    this.#made.set(paymentId, { paymentId, sessions });
  }

  // One watch over all sessions: a timer for each would outlive those forgotten long ago.
  async #expireInTime(): Promise<void> {
    while (!this.#timers.stopped.aborted) {
      await this.#timers.sleep(EXPIRY_WATCH_MS);
      for (const session of this.sessions()) {
        const isOver = session.status === 'open' && session.expiresAt <= nowSeconds();
        if (isOver) void this.#webhooks.send(expire(session, this.wire));
      }
    }
  }

  /** Completes the session now; the bank says yes a while later unless it was decided otherwise. */
  payByDelayedMethod(session: Session): void {
    void this.#webhooks.send(payLater(session, this.wire));
    this.#timers.after(DELAYED_METHOD_MS, () => {
      if (isUndecided(session)) void this.#webhooks.send(pay(session, this.wire));
    });
  }

  session(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /** The newest session of the shop's payment. */
  sessionOfPayment(paymentId: string): Session | undefined {
    return this.#byPayment.get(paymentId);
  }

  sessionOfIntent(id: string): Session | undefined {
    const known = this.#byIntent.get(id);
    if (known !== undefined) return known;

    const found = this.sessions().find((session) => session.intent?.id === id);
    if (found !== undefined) this.#byIntent.set(id, found);
    return found;
  }

  /** Lists the sessions, newest first. */
  sessions(): Session[] {
    return this.#sessions.newestFirst();
  }

  /** Counts the distinct sessions made per payment of the shop: more than one is a double effect. */
  made(): Made[] {
    return this.#made.newestFirst();
  }

  refund(intent: Intent, amount: number, more: Pick<Refund, 'reason' | 'metadata'>): Refund {
    intent.amountRefunded += amount;
    const refund: Refund = {
      ...more,
      id: newId('re_'),
      intent,
      amount,
      created: nowSeconds(),
      status: 'succeeded',
    };
    this.#refunds.set(refund.id, refund);
    return refund;
  }

  refundWithId(id: string): Refund | undefined {
    return this.#refunds.get(id);
  }
}

export interface Made {
  readonly paymentId: string;
  readonly sessions: number;
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
