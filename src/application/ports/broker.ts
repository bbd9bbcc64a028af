/** A message as the broker carries it. The body's very bytes are signed, together with exchange and routing key. */
export interface WireMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly body: Uint8Array;
  readonly messageId: string;
  readonly correlationId: string;
  readonly type: string;
  /** The broker's user who published it; checked by the broker itself. */
  readonly userId: string;
  /** Key id and signature of the first sender, and the gateway's signed record of having let it through. */
  readonly headers: { readonly kid: string; readonly sig: string; readonly hop?: string };
  /** Whether it must outlive a restart of the broker. */
  readonly durable: boolean;
}

/** What a consumer did: finished it, wants it again, or will never be able to. */
export type TakeVerdict = 'done' | 'again' | 'dead';

/**
 * One user's connection to one virtual host. Promises, proved by test/contracts/broker.test.ts:
 * - `taken` is answered only when the message cannot get lost any more (for durable ones);
 * - a durable message is delivered again until somebody answers `done` or `dead`, at most five times, then it is dead;
 * - any other is delivered once at most: whoever waits for an answer asks again;
 * - an answer is done with once delivered, and waits for no other that is still being taken;
 * - several consumers of a queue share its messages;
 * - how many wait in a queue may be asked by who may not read it.
 */
export interface Broker {
  /** `full`: the queue is at its limit. Throws Outage when nobody knows whether the message arrived. */
  publish(message: WireMessage): Promise<'taken' | 'full'>;
  /** Starts taking messages, at most `atOnce` under way (but for answers); what comes back stops it. */
  consume(
    queue: string,
    atOnce: number,
    take: (message: WireMessage) => Promise<TakeVerdict>,
  ): Promise<() => Promise<void>>;
  /** How many messages of a queue wait for somebody to take them. Throws Outage when nobody knows. */
  waiting(queue: string): Promise<number>;
  close(): Promise<void>;
}
