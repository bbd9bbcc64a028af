import type { ConfirmChannel } from 'amqplib';
import type { Broker } from '../../application/ports/broker.ts';
import { openConnection, reviveWith } from './amqp-connection.ts';
import { type AgainPauses, startConsumer } from './amqp-consumer.ts';
import { amqpPublisher } from './amqp-publisher.ts';
import { messagesWaiting } from './messages-waiting.ts';

const usualPauses: AgainPauses = { firstMs: 500, longestMs: 30_000 };

/**
 * Connects to RabbitMQ as the user and virtual host of the address (`brokerAddress`). Publishing and consuming have
 * connections of their own: a refused publish or a slow consumer does not stop the other. Lost connections come back
 * by themselves; what was published meanwhile is an Outage after a bounded wait.
 */
export const openAmqpBroker = async (
  address: string,
  pauses: AgainPauses = usualPauses,
): Promise<Broker> => {
  const publishing = await openConnection(address);
  const consuming = await openConnection(address);
  const publisher = amqpPublisher(publishing);
  const channel = consuming.createChannel({
    confirm: true,
    setup: (fresh: ConfirmChannel) => {
      reviveWith(consuming, fresh);
      return Promise.resolve();
    },
  });
  channel.on('error', () => undefined);
  await channel.waitForConnect();

  const stops = new Set<() => Promise<void>>();
  return {
    publish: (message) => publisher.publish(message),
    consume: async (queue, atOnce, take) => {
      const stop = await startConsumer(channel, queue, atOnce, take, pauses);
      stops.add(stop);
      return () => {
        stops.delete(stop);
        return stop();
      };
    },
    // A blocked broker reads nothing more from who publishes.
    waiting: (queue) => messagesWaiting(consuming, queue),
    close: async () => {
      await Promise.all([...stops].map((stop) => stop()));
      stops.clear();
      await Promise.all([publishing.close(), consuming.close()]);
    },
  };
};
