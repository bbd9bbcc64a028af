import { Timers } from './timers.ts';

interface Alarm {
  readonly at: number;
  readonly order: number;
  readonly ring: () => void;
}

/** Time that stands until it is moved, for a day of payments in a minute. */
export class VirtualTimers extends Timers {
  #now: number;
  #order = 0;
  readonly #alarms = new Set<Alarm>();
  readonly #busy = new Set<Promise<unknown>>();

  constructor(startMs: number) {
    super();
    this.#now = startMs;
  }

  override now(): number {
    return this.#now;
  }

  override busy<Value>(work: Promise<Value>): Promise<Value> {
    const noted = work.finally(() => this.#busy.delete(noted));
    this.#busy.add(noted);
    return noted;
  }

  /** Lets time pass: rings what falls due, in its order, and waits for the work it starts. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.#quiet();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.at);
      this.#alarms.delete(next);
      next.ring();
      await this.#quiet();
    }
    this.#now = end;
  }

  protected override alarm(delayMs: number, ring: () => void): () => void {
    this.#order += 1;
    const alarm = { at: this.#now + delayMs, order: this.#order, ring };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  #next(end: number): Alarm | undefined {
    let next: Alarm | undefined;
    for (const alarm of this.#alarms) {
      if (alarm.at > end) continue;
      const isEarlier =
        next === undefined ||
        alarm.at < next.at ||
        (alarm.at === next.at && alarm.order < next.order);
      if (isEarlier) next = alarm;
    }
    return next;
  }

  async #quiet(): Promise<void> {
    // What a ring starts is noted in the turns after it.
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    while (this.#busy.size > 0) {
      await Promise.allSettled([...this.#busy]);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
