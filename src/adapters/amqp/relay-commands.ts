import type { TakeVerdict, WireMessage } from '../../application/ports/broker.ts';
import { TooBusy } from '../../application/ports/outage.ts';
import type { Take } from './patience.ts';
import { places } from './places.ts';
import { type RelayNeeds, see, suspectRefused, suspectUnreadable } from './relay-needs.ts';
import { requestHash } from './request-hash.ts';
import { sendDurably } from './send-durably.ts';

/**
 * Takes the portal's commands inside. A command is done only once the inside's queue has it; above the budget it
 * waits here. What may never go inside is dead: people look at it, for it may carry money that was taken.
 */
export const relayCommands =
  (needs: RelayNeeds): Take =>
  async (message) => {
    const place = needs.budgets.take(message.type, 'command', needs.now());
    if ('why' in place) {
      throw new TooBusy(`${message.type} is over its budget`, place.retryAfterMs);
    }
    let ended: 'answered' | 'unknown' = 'unknown';
    try {
      const verdict = await takeInside(needs, message);
      if (verdict === 'done') ended = 'answered';
      return verdict;
    } finally {
      place.release(ended, needs.now());
    }
  };

const takeInside = async (needs: RelayNeeds, message: WireMessage): Promise<TakeVerdict> => {
  const read = needs.reader.read(message);
  if (!read.ok) {
    await suspectUnreadable(needs, message, read.refusal);
    return 'dead';
  }
  const command = read.value;
  const admitted = await needs.admit({ envelope: command, requestHash: requestHash(command) });
  see(needs, command, admitted.ok ? 'passed' : 'refused');
  if (!admitted.ok) {
    await suspectRefused(needs, command, admitted.refusal);
    return 'dead';
  }
  await sendDurably(needs.core, needs.forward(message, places.commandInside(command.subject)));
  return 'done';
};
