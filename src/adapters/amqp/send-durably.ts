import type { Broker, WireMessage } from '../../application/ports/broker.ts';
import { TooBusy } from '../../application/ports/outage.ts';

const fullRetryMs = 1_000;

/** Publishes what must not get lost. Throws TooBusy when the queue is full, Outage when nobody knows: try again. */
export const sendDurably = async (broker: Broker, message: WireMessage): Promise<void> => {
  const answer = await broker.publish(message);
  if (answer === 'full') {
    throw new TooBusy(`the queue behind ${message.exchange} is full`, fullRetryMs);
  }
};
