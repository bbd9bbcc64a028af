import type { SendCanaries } from '../../application/canaries/list-canaries.ts';
import type { Broker } from '../../application/ports/broker.ts';
import { nobody } from '../../application/ports/envelope.ts';
import type { MessageWriter } from './message-writer.ts';
import { places } from './places.ts';

/** Sends a gateway the list of canaries. */
export const canarySender =
  (broker: Broker, writer: MessageWriter): SendCanaries =>
  async (instance, seq, ids) => {
    const draft = {
      type: 'gateway.canaries-listed',
      subject: nobody,
      data: { seq, ids },
    } as const;
    await broker.publish(writer.write(draft, places.control(instance)));
  };
