import { BoundedMap } from '../bounded-map.ts';

const PHONE_LIMIT = 10_000;
const MESSAGES_PER_PHONE = 200;

export interface PhoneMessage {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly parts: number;
}

/** The customers' phones: what each has received, newest first, at most 200 messages of 10 000 phones. */
export class Phones {
  readonly #inboxes = new BoundedMap<string, readonly PhoneMessage[]>(PHONE_LIMIT);

  deliver(message: PhoneMessage): void {
    const number = digitsOf(message.to);
    const inbox = [message, ...this.messages(number)].slice(0, MESSAGES_PER_PHONE);
    this.#inboxes.set(number, inbox);
  }

  /** Lists what the number received; it may be written with or without its plus. */
  messages(number: string): readonly PhoneMessage[] {
    return this.#inboxes.get(digitsOf(number)) ?? [];
  }

  /** Lists the numbers that received something, the latest first. */
  numbers(): string[] {
    return this.#inboxes.newestFirst().flatMap(([newest]) => (newest ? [digitsOf(newest.to)] : []));
  }

  clear(): void {
    this.#inboxes.clear();
  }
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, '');
}
