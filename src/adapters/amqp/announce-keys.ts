import type { Broker } from '../../application/ports/broker.ts';
import type { Clock } from '../../application/ports/clock.ts';
import { second } from '../../domain/time.ts';
import { nobody } from '../../application/ports/envelope.ts';
import { readBundle } from './key-bundle.ts';
import type { MessageWriter } from './message-writer.ts';
import { places } from './places.ts';
import { gatewayInstances } from './topology.ts';

/** How often it is said again, for a gateway that was away. */
const repeatMs = 30 * second;

/** Tells every gateway the bundle of a directory: at once when it is another, and again from time to time. */
export const keyAnnouncer = (
  broker: Broker,
  writer: MessageWriter,
  directory: string,
  clock: Clock,
): (() => Promise<void>) => {
  let saidSeq = -1;
  let saidAt = 0;
  return async () => {
    const bundle = readBundle(directory);
    const now = clock.now();
    if (bundle === undefined || (bundle.seq === saidSeq && now - saidAt < repeatMs)) return;
    const draft = { type: 'gateway.keys-announced', subject: nobody, data: bundle } as const;
    for (const instance of gatewayInstances) {
      // The queue of a gateway that is not there may be full; it hears the next repetition.
      await broker.publish(writer.write(draft, places.control(instance)));
    }
    saidSeq = bundle.seq;
    saidAt = now;
  };
};
