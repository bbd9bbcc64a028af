import type { Timers } from '../../timers.ts';
import { forged, honest } from './forgery.ts';
import type { Forgery, Notification } from './forgery.ts';
import { newId } from '../payer-moves.ts';
import type { Fact } from '../payer-moves.ts';

const API_VERSION = '2026-10-28.endive';
const ANSWER_LIMIT_MS = 10_000;
/** Pauses before the second, third, … try; then the notification is given up. */
const RETRY_PAUSES_MS: readonly number[] = [1_000, 5_000, 30_000, 120_000];
const PENDING_LIMIT = 10_000;

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
  readonly live: boolean;
}

/** What became of the first try: the shop's HTTP status, or why there is none. */
export interface Delivery {
  readonly event: string;
  readonly type: string;
  readonly status: number | 'unreachable' | 'held';
}

export interface Sending {
  /** Copies of each event, the same event id in all of them, sent at the same moment. */
  readonly times?: number;
  readonly forge?: Forgery | undefined;
}

/** Tells the shop what happened, signed, and again while it does not answer 2xx. */
export class WebhookSender {
  readonly #target: WebhookTarget;
  readonly #timers: Timers;
  #paused = false;
  #held: Notification[] = [];
  #pending = 0;

  constructor(target: WebhookTarget, timers: Timers) {
    this.#target = target;
    this.#timers = timers;
  }

  /** Sends one event per fact, in order; resolves after the first try of each. Never throws. */
  async send(facts: readonly Fact[], { times = 1, forge }: Sending = {}): Promise<Delivery[]> {
    const deliveries: Delivery[] = [];
    for (const fact of facts) {
      const notification = this.#notification(fact, forge);
      const copies = Array.from({ length: times }, () => this.#deliver(notification));
      deliveries.push(...(await Promise.all(copies)));
    }
    return deliveries;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get heldCount(): number {
    return this.#held.length;
  }

  /** Holds every notification from now on. */
  pause(): void {
    this.#paused = true;
  }

  /** Sends what was held, or loses it for good. */
  resume(lose: boolean): void {
    this.#paused = false;
    const held = this.#held;
    this.#held = [];
    if (lose) return;
    for (const notification of held) void this.#deliver(notification);
  }

  #notification({ type, object }: Fact, forge: Forgery | undefined): Notification {
    const { secret, live } = this.#target;
    const event = {
      id: newId('evt_'),
      object: 'event',
      api_version: API_VERSION,
      created: Math.floor(Date.now() / 1000),
      data: { object },
      livemode: live,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    };
    return forge === undefined ? honest(event, secret) : forged(event, secret, forge);
  }

  async #deliver(notification: Notification): Promise<Delivery> {
    const { id: event, type } = notification;
    if (this.#paused) {
      if (this.#held.length < PENDING_LIMIT) this.#held.push(notification);
      return { event, type, status: 'held' };
    }
    const status = await this.#post(notification);
    if (!isTaken(status) && notification.repeats) void this.#repeat(notification);
    return { event, type, status };
  }

  async #repeat(notification: Notification): Promise<void> {
    if (this.#pending >= PENDING_LIMIT) return;
    this.#pending += 1;
    for (const pauseMs of RETRY_PAUSES_MS) {
      await this.#timers.sleep(pauseMs);
      if (this.#timers.stopped.aborted) break;
      if (isTaken(await this.#post(notification))) break;
    }
    this.#pending -= 1;
  }

  async #post({ sign, body }: Notification): Promise<number | 'unreachable'> {
    const { stopped } = this.#timers;
    const headers = new Headers({ 'content-type': 'application/json; charset=utf-8' });
    // A repeated try is signed anew, or its stamp would be too old after five minutes.
    const signature = sign();
    if (signature !== undefined) headers.set('stripe-signature', signature);
    headers.set('user-agent', 'Stripe/1.0 (simulated)');
    try {
      const answer = await fetch(this.#target.url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_LIMIT_MS)]),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return 'unreachable';
    }
  }
}

function isTaken(status: number | 'unreachable'): boolean {
  return status !== 'unreachable' && status >= 200 && status < 300;
}
