import { BoundedMap } from './bounded-map.ts';
import type { Timers } from './timers.ts';

const PENDING_LIMIT = 10_000;
const SENT_LIMIT = 10_000;
const ANSWER_LIMIT_MS = 10_000;

/** One notification; it is written anew at each try, for those that carry their time. */
export interface Notice {
  readonly id: string;
  /** Our payment it speaks of, as the shop named it. */
  readonly paymentId: string;
  readonly kind: string;
  /** Where it goes instead of the usual address, where the shop can say so with a payment. */
  readonly url?: string | undefined;
  write(): { readonly headers: Readonly<Record<string, string>>; readonly body: string | Buffer };
  /** Whether it is sent again when the shop does not take it: a forger does not come back. */
  readonly repeats: boolean;
}

/** The shop's answer to one try. */
export interface ShopAnswer {
  readonly status: number | 'unreachable' | 'held';
  readonly body: string;
}
export interface Delivery extends ShopAnswer {
  readonly id: string;
  readonly kind: string;
}
export interface SentNotice {
  readonly id: string;
  readonly kind: string;
  readonly paymentId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** How a payment system tells its shop. */
export interface NotifierSettings {
  readonly url: string;
  /** Pauses before the second, third, … try; then the notification is given up. */
  readonly pausesMs: readonly number[];
  readonly isTaken: (answer: ShopAnswer) => boolean;
  /** What goes wrong on the way, by the dice of whoever runs the simulators. */
  readonly chance?: (() => 'lost' | 'twice' | 'late' | undefined) | undefined;
}

/** Tells the shop what happened, and again while it does not take it. */
export class Notifier {
  readonly #settings: NotifierSettings;
  readonly #timers: Timers;
  readonly #sent = new BoundedMap<string, SentNotice>(SENT_LIMIT);
  #paused = false;
  #held: Notice[] = [];
  #pending = 0;

  constructor(settings: NotifierSettings, timers: Timers) {
    this.#settings = settings;
    this.#timers = timers;
  }

  /** Sends each notice `times` times at once, one notice after the other; resolves after the first tries. Never throws. */
  async send(notices: readonly Notice[], times = 1): Promise<Delivery[]> {
    const deliveries: Delivery[] = [];
    for (const notice of notices) {
      const trouble = this.#settings.chance?.();
      if (trouble === 'lost') continue;
      if (trouble === 'late') {
        this.#timers.after(20 * 60_000, () => void this.#deliver(notice));
        continue;
      }
      const length = trouble === 'twice' ? times * 2 : times;
      const copies = Array.from({ length }, () => this.#deliver(notice));
      deliveries.push(...(await Promise.all(copies)));
    }
    return deliveries;
  }

  /** Asks the shop once and takes its answer, as a question before the payment does. */
  ask(notice: Notice): Promise<ShopAnswer> {
    return this.#post(notice);
  }

  get paused(): boolean {
    return this.#paused;
  }

  get heldCount(): number {
    return this.#held.length;
  }

  /** What was sent, newest first, as it went over the wire. */
  sent(): SentNotice[] {
    return this.#sent.newestFirst();
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
    for (const notice of held) void this.#deliver(notice);
  }

  async #deliver(notice: Notice): Promise<Delivery> {
    const { id, kind } = notice;
    if (this.#paused) {
      if (this.#held.length < PENDING_LIMIT) this.#held.push(notice);
      return { id, kind, status: 'held', body: '' };
    }
    const answer = await this.#post(notice);
    if (!this.#settings.isTaken(answer) && notice.repeats) void this.#repeat(notice);
    return { id, kind, ...answer };
  }

  async #repeat(notice: Notice): Promise<void> {
    if (this.#pending >= PENDING_LIMIT) return;
    this.#pending += 1;
    for (const pauseMs of this.#settings.pausesMs) {
      await this.#timers.sleep(pauseMs);
      if (this.#timers.stopped.aborted) break;
      if (this.#settings.isTaken(await this.#post(notice))) break;
    }
    this.#pending -= 1;
  }

  #post(notice: Notice): Promise<ShopAnswer> {
    const { headers, body } = notice.write();
    const { id, kind, paymentId, url = this.#settings.url } = notice;
    this.#sent.set(id, { id, kind, paymentId, headers, body: Buffer.from(body) });
    return this.#timers.busy(post(url, headers, body, this.#timers.stopped));
  }
}

async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
  stopped: AbortSignal,
): Promise<ShopAnswer> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : new Uint8Array(body),
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_LIMIT_MS)]),
    });
    return { status: answer.status, body: (await answer.text()).slice(0, 1_000) };
  } catch {
    return { status: 'unreachable', body: '' };
  }
}
