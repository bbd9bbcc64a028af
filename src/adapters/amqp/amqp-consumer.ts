import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelWrapper } from 'amqp-connection-manager';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { TakeVerdict, WireMessage } from '../../application/ports/broker.ts';
import { Outage } from '../../application/ports/outage.ts';
import { isOfAnswers } from './topology.ts';
import { deliveriesBefore, wireMessage } from './wire-format.ts';

export type Take = (message: WireMessage) => Promise<TakeVerdict>;

/** Pauses before a message goes back to its queue: the first, doubled each time, and the longest. */
export interface AgainPauses {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Pause before a consumer that the broker cancelled asks again. */
const resumeMs = 1_000;

/**
 * Takes messages of one queue over the wrapper's channel, on every channel that follows a reconnect too. Verdicts are
 * told to the channel the message came on: another one does not know its number and would be closed for it. Of answers
 * no verdict is told, which spares a write and a read for each.
 */
export const startConsumer = async (
  wrapper: ChannelWrapper,
  queue: string,
  atOnce: number,
  take: Take,
  pauses: AgainPauses,
): Promise<() => Promise<void>> => {
  const underWay = new Set<Promise<void>>();
  const noAck = isOfAnswers(queue);
  const stopping = new AbortController();
  let tag = '';

  const deliver = (channel: ConfirmChannel, delivery: ConsumeMessage): void => {
    const rest = (ms: number) => restUnless(stopping.signal, ms);
    const taken = noAck
      ? verdictOf(take, delivery)
      : takeOne(channel, delivery, take, { ...pauses, rest });
    const work = taken.then(() => void underWay.delete(work));
    underWay.add(work);
  };
  const start = async (channel: ConfirmChannel): Promise<void> => {
    // Sent back to back, so that another consumer's prefetch does not slip between.
    const limited = channel.prefetch(atOnce);
    const hear = (delivery: ConsumeMessage | null): void => {
      if (delivery !== null) deliver(channel, delivery);
      // The broker cancelled us: the queue's leader moved, or the queue is gone for now.
      else setTimeout(resume, resumeMs, channel).unref();
    };
    const started = channel.consume(queue, hear, { noAck });
    await limited;
    tag = (await started).consumerTag;
  };
  const resume = (channel: ConfirmChannel): void => {
    // A channel that died meanwhile is followed by another, on which it starts anyway.
    if (!stopping.signal.aborted) start(channel).catch(() => undefined);
  };
  try {
    await wrapper.addSetup(start);
  } catch (error) {
    await wrapper.removeSetup(start);
    throw new Outage(`cannot take messages from ${queue}: ${sentenceOf(error)}`, { cause: error });
  }
  return async () => {
    stopping.abort();
    await wrapper.removeSetup(start, (channel: ConfirmChannel) => cancel(channel, tag));
    await Promise.all(underWay);
  };
};

/** Rests; not when, nor longer than until, the signal is given. */
const restUnless = async (signal: AbortSignal, ms: number): Promise<void> => {
  try {
    await pause(ms, undefined, { signal });
  } catch {
    // Told to stop: go on at once.
  }
};

const cancel = async (channel: ConfirmChannel, tag: string): Promise<void> => {
  try {
    await channel.cancel(tag);
  } catch {
    // Closed already: nothing comes from it any more.
  }
};

const takeOne = async (
  channel: ConfirmChannel,
  delivery: ConsumeMessage,
  take: Take,
  { firstMs, longestMs, rest }: AgainPauses & { readonly rest: (ms: number) => Promise<void> },
): Promise<void> => {
  const verdict = await verdictOf(take, delivery);
  if (verdict === 'again' && isDurable(delivery)) {
    await rest(Math.min(longestMs, firstMs * 2 ** deliveriesBefore(delivery)));
  }
  try {
    tell(channel, delivery, verdict);
  } catch {
    // The channel is gone; the broker delivers the message again.
  }
};

const tell = (channel: ConfirmChannel, delivery: ConsumeMessage, verdict: TakeVerdict): void => {
  switch (verdict) {
    case 'done':
      channel.ack(delivery);
      return;
    case 'again':
      channel.nack(delivery, false, isDurable(delivery));
      return;
    case 'dead':
      channel.nack(delivery, false, false);
      return;
  }
};

/** A take that throws has not done its work. */
const verdictOf = async (take: Take, delivery: ConsumeMessage): Promise<TakeVerdict> => {
  // A query that was under way when the connection broke: its nonce is spent, and nobody waits any more.
  if (delivery.fields.redelivered && !isDurable(delivery)) return 'dead';
  try {
    return await take(wireMessage(delivery));
  } catch {
    return 'again';
  }
};

const isDurable = ({ properties }: ConsumeMessage): boolean => properties.deliveryMode === 2;

const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'the broker refused';
