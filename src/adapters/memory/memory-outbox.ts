import type { OutgoingMessage, Outbox, TakenMessage } from '../../application/ports/outbox.ts';
import { later, type Instant } from '../../domain/time.ts';
import type { MemoryWakeups } from './memory-wakeups.ts';

interface Waiting {
  readonly message: OutgoingMessage;
  readonly attempts: number;
  readonly nextAt: Instant;
}

/** The outbox in a map. The other memory stores save into it in the same step as what a message tells of. */
export class MemoryOutbox implements Outbox {
  readonly #waiting = new Map<string, Waiting>();
  readonly #wakeups: MemoryWakeups;

  constructor(wakeups: MemoryWakeups) {
    this.#wakeups = wakeups;
  }

  save(message: OutgoingMessage): void {
    this.#waiting.set(message.id, { message, attempts: 0, nextAt: message.createdAt });
    this.#wakeups.tell('outbox', '');
  }

  async put(message: OutgoingMessage): Promise<void> {
    if (!this.#waiting.has(message.id)) this.save(message);
  }

  async take(limit: number, leaseMs: number, now: Instant): Promise<TakenMessage[]> {
    const inOrder = [...this.#waiting.values()].toSorted(oldestFirst);
    const held = new Set<string>();
    const taken: TakenMessage[] = [];
    for (const { message, attempts, nextAt } of inOrder) {
      if (taken.length === limit) break;
      // Of one customer and topic nothing is taken while an earlier message waits.
      const lane = message.customerId === undefined ? message.id : laneOf(message);
      if (nextAt > now) held.add(lane);
      if (held.has(lane)) continue;
      this.#waiting.set(message.id, {
        message,
        attempts: attempts + 1,
        nextAt: later(now, leaseMs),
      });
      taken.push({ ...message, attempts });
    }
    return taken;
  }

  async done(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#waiting.delete(id);
  }

  async again(id: string, at: Instant): Promise<void> {
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) this.#waiting.set(id, { ...waiting, nextAt: at });
  }
}

const laneOf = ({ topic, customerId }: OutgoingMessage): string => `${topic}:${String(customerId)}`;

const oldestFirst = ({ message: a }: Waiting, { message: b }: Waiting): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
