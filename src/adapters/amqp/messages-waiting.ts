import type { AmqpConnectionManager } from 'amqp-connection-manager';
import { Outage } from '../../application/ports/outage.ts';

/**
 * Asks for a queue that is there already, which answers how many wait in it and takes none. On a channel of its own:
 * the broker closes the channel of a question it refuses.
 */
export const messagesWaiting = async (
  manager: AmqpConnectionManager,
  queue: string,
): Promise<number> => {
  const { connection } = manager;
  if (connection === undefined) throw new Outage('RabbitMQ is not connected');
  try {
    const channel = await connection.createChannel();
    // An unheard 'error' would end the process; the question fails of it anyway.
    channel.on('error', () => undefined);
    const { messageCount } = await channel.checkQueue(queue);
    await channel.close();
    return messageCount;
  } catch (error) {
    throw new Outage(`RabbitMQ does not say how many messages wait in ${queue}`, { cause: error });
  }
};
