import { BoundedMap } from '../bounded-map.ts';
import type { Timers } from '../timers.ts';
import type { NewSession } from './api/session-request.ts';
import { cancel, expire, isUndecided, newId, pay, payLater } from './payer-moves.ts';
import type { Fact, Wire } from './payer-moves.ts';
import type { Session } from './stripe-objects.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

const SESSION_LIMIT = 10_000;
/** How long the bank behind a delayed method thinks. */
const DELAYED_METHOD_MS = 20_000;
/** How long a card's bank holds money nobody takes. */
const HOLD_SECONDS = 7 * 24 * 60 * 60;
const WATCH_MS = 30_000;

/** The simulated acquirer: its newest 10 000 sessions, and for which payments of the shop they were made. */
export class Acquirer {
  readonly wire: Wire;
  readonly #webhooks: Webhooks;
  readonly #timers: Timers;
  readonly #sessions = new BoundedMap<string, Session>(SESSION_LIMIT);
  readonly #byIntent = new BoundedMap<string, Session>(SESSION_LIMIT);
  readonly #byPayment = new BoundedMap<string, Session>(SESSION_LIMIT);
  readonly #made = new BoundedMap<string, Made>(SESSION_LIMIT);

  constructor(wire: Wire, webhooks: Webhooks, timers: Timers) {
    this.wire = wire;
    this.#webhooks = webhooks;
    this.#timers = timers;
    void this.#watch();
  }

  create(request: NewSession): Session {
    const session: Session = {
      ...request,
      id: newId(this.wire.live ? 'cs_live_' : 'cs_test_'),
      created: this.wire.now(),
      status: 'open',
      paymentStatus: 'unpaid',
      intent: undefined,
    };
    this.#sessions.set(session.id, session);
    if (session.paymentId !== '') this.#remember(session);
    return session;
  }

  /** Completes the session now; the bank says yes a while later unless it was decided otherwise. */
  payByDelayedMethod(session: Session): void {
    void this.#webhooks.send(payLater(session, this.wire));
    this.#timers.after(DELAYED_METHOD_MS, () => {
      if (isUndecided(session)) void this.#webhooks.send(pay(session, this.wire));
    });
  }

  session(id: string): Session | undefined {
    return this.#current(this.#sessions.get(id));
  }

  /** The newest session of the shop's payment. */
  sessionOfPayment(paymentId: string): Session | undefined {
    return this.#current(this.#byPayment.get(paymentId));
  }

  sessionOfIntent(id: string): Session | undefined {
    const known = this.#byIntent.get(id);
    if (known !== undefined) return this.#current(known);

    const found = this.sessions().find((session) => session.intent?.id === id);
    if (found !== undefined) this.#byIntent.set(id, found);
    return found;
  }

  /** Lists the sessions, newest first. */
  sessions(): Session[] {
    const sessions = this.#sessions.newestFirst();
    for (const session of sessions) this.#current(session);
    return sessions;
  }

  /** Counts the distinct sessions made per payment of the shop: more than one is a double effect. */
  made(): Made[] {
    return this.#made.newestFirst();
  }

  madeFor(paymentId: string): number {
    return this.#made.get(paymentId)?.sessions ?? 0;
  }

  #remember(session: Session): void {
    const { paymentId } = session;
    this.#byPayment.set(paymentId, session);
    this.#made.set(paymentId, { paymentId, sessions: this.madeFor(paymentId) + 1 });
  }

  // Whoever looks at a session whose time is over sees it so, however long ago the watch came by.
  #current<Found extends Session | undefined>(session: Found): Found {
    if (session !== undefined) {
      const facts = this.#runOut(session);
      if (facts.length > 0) void this.#webhooks.send(facts);
    }
    return session;
  }

  #runOut(session: Session): Fact[] {
    const now = this.wire.now();
    if (session.status === 'open' && session.expiresAt <= now) return expire(session, this.wire);
    const { intent } = session;
    if (intent?.status !== 'requires_capture' || intent.heldAt === undefined) return [];
    return intent.heldAt + HOLD_SECONDS <= now ? cancel(intent, 'automatic', this.wire) : [];
  }

  // One watch over all sessions: a timer for each would outlive those forgotten long ago.
  async #watch(): Promise<void> {
    while (!this.#timers.stopped.aborted) {
      await this.#timers.sleep(WATCH_MS);
      this.sessions();
    }
  }
}

export interface Made {
  readonly paymentId: string;
  readonly sessions: number;
}
