import { TooBusy } from '../../application/ports/outage.ts';
import type { Take } from './patience.ts';
import { places } from './places.ts';
import { type RelayNeeds, suspectRefused, suspectUnreadable } from './relay-needs.ts';
import { requestHash } from './request-hash.ts';
import { sendDurably } from './send-durably.ts';

/**
 * Takes the portal's commands inside. A command is done only once the inside's queue has it; above the budget it
 * waits here. What may never go inside is dead: people look at it, for it may carry money that was taken.
 */
export const relayCommands =
  (needs: RelayNeeds): Take =>
  async (message) => {
    const read = needs.reader.read(message);
    if (!read.ok) {
      await suspectUnreadable(needs, message, read.refusal);
      return 'dead';
    }
    const command = read.value;
    const admitted = await needs.admit({ envelope: command, requestHash: requestHash(command) });
    if (!admitted.ok) {
      const { refusal } = admitted;
      if (refusal.reason === 'over-budget') {
        throw new TooBusy(`${command.type} is over its budget`, refusal.retryAfterMs);
      }
      await suspectRefused(needs, command, refusal);
      return 'dead';
    }
    const release = admitted.value;
    try {
      await sendDurably(needs.core, needs.forward(message, places.commandInside(command.subject)));
    } finally {
      release();
    }
    return 'done';
  };
