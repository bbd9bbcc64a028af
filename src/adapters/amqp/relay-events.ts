import type { AccountChanged } from '../../application/ports/inside-messages.ts';
import { inTurn } from './in-turn.ts';
import { patiently, type Take } from './patience.ts';
import { places } from './places.ts';
import { type RelayNeeds, suspectUnreadable } from './relay-needs.ts';
import { sendDurably } from './send-durably.ts';

/**
 * Takes the inside's events to the portal, each customer's in their order, and learns from them who owns what:
 * before the portal hears of an account, so that it never asks too early.
 */
export const relayEvents = (needs: RelayNeeds, isStopped: () => boolean): Take => {
  const turn = inTurn();
  return async (message) => {
    const read = needs.reader.read(message);
    if (!read.ok)
      return patiently(buryUnreadable(needs, read.refusal), isStopped, needs.report)(message);

    const event = read.value;
    const relay: Take = async () => {
      if (event.type === 'ledger.account-changed') {
        // The reader has held the data against the schema of the type.
        await needs.learnOwnership(event.data as AccountChanged);
      }
      await sendDurably(needs.portal, needs.forward(message, places.event));
      return 'done';
    };
    return turn(event.subject, () => patiently(relay, isStopped, needs.report)(message));
  };
};

const buryUnreadable =
  (needs: RelayNeeds, why: Parameters<typeof suspectUnreadable>[2]): Take =>
  async (message) => {
    await suspectUnreadable(needs, message, why);
    return 'dead';
  };
