import type { AmqpConnectionManager } from 'amqp-connection-manager';
import type { ConfirmChannel, Message } from 'amqplib';
import type { WireMessage } from '../../application/ports/broker.ts';
import { Outage } from '../../application/ports/outage.ts';
import { reviveWith } from './amqp-connection.ts';
import { publishOptions } from './wire-format.ts';

/** How long the broker may take to confirm; after that nobody knows. */
const durableTimeoutMs = 5_000;
const transientTimeoutMs = 2_000;

export interface AmqpPublisher {
  publish(message: WireMessage): Promise<'taken' | 'full'>;
}

/** Publishes with confirms over one channel of a connection. */
export const amqpPublisher = (manager: AmqpConnectionManager): AmqpPublisher => {
  const returned = new Map<string, number>();
  let isBlocked = false;
  manager.on('blocked', () => {
    isBlocked = true;
  });
  manager.on('unblocked', () => {
    isBlocked = false;
  });
  manager.on('disconnect', () => {
    isBlocked = false;
  });
  const channel = manager.createChannel({
    confirm: true,
    setup: (fresh: ConfirmChannel) => {
      reviveWith(manager, fresh);
      // What no queue takes comes back before it is confirmed.
      fresh.on('return', ({ properties }: Message) => {
        count(returned, String(properties.messageId), 1);
      });
      return Promise.resolve();
    },
  });
  channel.on('error', () => undefined);

  return {
    publish: async (message) => {
      const { exchange, routingKey, durable, body } = message;
      if (isBlocked) return 'full';
      if (!durable && !manager.isConnected()) throw new Outage('RabbitMQ is not connected');
      try {
        await channel.publish(exchange, routingKey, Buffer.from(body), {
          ...publishOptions(message),
          timeout: durable ? durableTimeoutMs : transientTimeoutMs,
        });
      } catch (error) {
        if (error instanceof Error && error.message === 'message nacked') return 'full';
        const sentence = `RabbitMQ did not confirm a message to ${exchange} under ${routingKey}`;
        throw new Outage(sentence, { cause: error });
      }
      if (!count(returned, message.messageId, -1)) return 'taken';
      throw new Outage(`no queue takes ${routingKey} from ${exchange}`);
    },
  };
};

/** Most ids kept of messages that came back after their publisher had given up. */
const returnedLimit = 10_000;

/** Counts up or down; answers whether there was anything to count down. */
const count = (counts: Map<string, number>, id: string, by: 1 | -1): boolean => {
  const before = counts.get(id) ?? 0;
  if (before + by > 0) counts.set(id, before + by);
  else counts.delete(id);
  if (counts.size > returnedLimit) counts.clear();
  return before > 0;
};
