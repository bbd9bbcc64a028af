import type { OpenQueries } from './open-queries.ts';
import type { Take } from './patience.ts';
import { places } from './places.ts';
import { type RelayNeeds, suspectUnreadable } from './relay-needs.ts';

/** Takes the inside's replies to the portal instance that asked; what nobody asked for is dropped. */
export const relayReplies =
  (needs: RelayNeeds, open: OpenQueries): Take =>
  async (message) => {
    const read = needs.reader.read(message);
    if (!read.ok) {
      await suspectUnreadable(needs, message, read.refusal);
      return 'dead';
    }
    const reply = read.value;
    const isBusy = reply.status === 'BUSY';
    const query = open.close(reply.correlationId, isBusy ? 'overloaded' : 'answered');
    if (query?.subject !== reply.subject || query.type !== reply.type) return 'dead';

    await needs.portal.publish(needs.forward(message, places.reply(query.source)));
    return 'done';
  };
