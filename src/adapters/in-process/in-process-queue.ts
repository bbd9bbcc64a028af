import type { TakeVerdict, WireMessage } from '../../application/ports/broker.ts';
import { Outage } from '../../application/ports/outage.ts';
import { deliveryLimit, type QueueRow, queryTtlMs, replyTtlMs } from '../amqp/topology.ts';

/** Waits of a queue, in milliseconds. */
export interface QueueWaits {
  /** How long a durable message waits for somebody to take it up before its publisher is told of an outage. */
  readonly pickUpMs: number;
  /** How long its publisher waits for the verdict of who took it up. */
  readonly verdictMs: number;
  /** Pause before a message is delivered again the first time; it doubles. */
  readonly againMs: number;
}
export const usualWaits: QueueWaits = { pickUpMs: 5_000, verdictMs: 30_000, againMs: 500 };

export type Take = (message: WireMessage) => Promise<TakeVerdict>;

interface Waiting {
  readonly message: WireMessage;
  redeliveries: number;
  readonly gone: () => boolean;
  readonly underWay: () => void;
  readonly settle: () => void;
}

interface Consumer {
  readonly atOnce: number;
  readonly take: Take;
  readonly underWay: Set<Promise<void>>;
}

/** One queue of the in-process broker. Nothing is kept here that its publisher does not also keep until the end. */
export class InProcessQueue {
  readonly #row: QueueRow;
  readonly #waits: QueueWaits;
  readonly #bury: (message: WireMessage) => void;
  #waiting: Waiting[] = [];
  readonly #consumers: Consumer[] = [];
  #next = 0;

  constructor(row: QueueRow, waits: QueueWaits, bury: (message: WireMessage) => void) {
    this.#row = row;
    this.#waits = waits;
    this.#bury = bury;
  }

  offer(message: WireMessage): Promise<'taken' | 'full'> {
    if (this.#waiting.length >= this.#row.maxLength) this.#dropGone();
    if (this.#waiting.length >= this.#row.maxLength) return Promise.resolve('full');
    return message.durable ? this.#offerDurable(message) : this.#offerTransient(message);
  }

  /** Starts taking; the answer stops it once what is under way has ended. */
  consume(atOnce: number, take: Take): () => Promise<void> {
    const most = this.#row.kind === 'reply' ? Infinity : atOnce;
    const consumer: Consumer = { atOnce: most, take, underWay: new Set() };
    this.#consumers.push(consumer);
    this.#dispatch();
    return async () => {
      const at = this.#consumers.indexOf(consumer);
      if (at !== -1) this.#consumers.splice(at, 1);
      this.#dispatch();
      await Promise.all(consumer.underWay);
    };
  }

  /** How many wait to be taken. */
  waiting(): number {
    this.#dropGone();
    return this.#waiting.length;
  }

  #offerTransient(message: WireMessage): Promise<'taken'> {
    const ttlMs = this.#row.kind === 'reply' ? replyTtlMs : queryTtlMs;
    const diesAt = performance.now() + ttlMs;
    this.#add({
      message,
      redeliveries: 0,
      gone: () => performance.now() >= diesAt,
      underWay: () => undefined,
      settle: () => undefined,
    });
    return Promise.resolve('taken');
  }

  #offerDurable(message: WireMessage): Promise<'taken'> {
    return new Promise((resolve, reject) => {
      let given = false;
      const giveUp = (sentence: string) => () => {
        given = true;
        reject(new Outage(sentence));
      };
      const { name } = this.#row;
      let timer = setTimeout(giveUp(`nobody takes messages from ${name}`), this.#waits.pickUpMs);
      this.#add({
        message,
        redeliveries: 0,
        // Whoever published it will do so again: to keep it too would only double it.
        gone: () => given,
        underWay: () => {
          clearTimeout(timer);
          timer = setTimeout(giveUp(`no verdict on a message of ${name}`), this.#waits.verdictMs);
        },
        settle: () => {
          clearTimeout(timer);
          resolve('taken');
        },
      });
    });
  }

  #add(entry: Waiting): void {
    this.#waiting.push(entry);
    this.#dispatch();
  }

  #dropGone(): void {
    this.#waiting = this.#waiting.filter((entry) => !entry.gone());
  }

  #dispatch(): void {
    for (let consumer = this.#free(); consumer !== undefined; consumer = this.#free()) {
      const entry = this.#waiting.shift();
      if (entry === undefined) return;
      if (!entry.gone()) this.#deliver(entry, consumer);
    }
  }

  /** The next consumer with room. Of a single-consumer queue the first alone works, the others stand by. */
  #free(): Consumer | undefined {
    const able = this.#row.singleConsumer ? this.#consumers.slice(0, 1) : this.#consumers;
    for (let tried = 0; tried < able.length; tried += 1) {
      this.#next = (this.#next + 1) % able.length;
      const consumer = able[this.#next];
      if (consumer !== undefined && consumer.underWay.size < consumer.atOnce) return consumer;
    }
    return undefined;
  }

  #deliver(entry: Waiting, consumer: Consumer): void {
    entry.underWay();
    const work = this.#work(entry, consumer).finally(() => {
      consumer.underWay.delete(work);
      this.#dispatch();
    });
    consumer.underWay.add(work);
  }

  async #work(entry: Waiting, consumer: Consumer): Promise<void> {
    const verdict = await verdictOf(consumer.take, entry.message);
    const isWantedAgain = verdict === 'again' && entry.message.durable;
    if (isWantedAgain && entry.redeliveries < deliveryLimit) {
      const pauseMs = this.#waits.againMs * 2 ** entry.redeliveries;
      entry.redeliveries += 1;
      setTimeout(() => {
        this.#waiting.unshift(entry);
        this.#dispatch();
      }, pauseMs);
      return;
    }
    if (verdict !== 'done' && entry.message.durable) this.#bury(entry.message);
    entry.settle();
  }
}

/** A take that throws has not done its work. */
const verdictOf = async (take: Take, message: WireMessage): Promise<TakeVerdict> => {
  try {
    return await take(message);
  } catch {
    return 'again';
  }
};
