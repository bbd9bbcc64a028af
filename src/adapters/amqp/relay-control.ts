import type { Take } from './patience.ts';
import { type RelayNeeds, suspectUnreadable } from './relay-needs.ts';

/** Takes what the inside says to the gateway itself. What came too late says nothing any more. */
export const relayControl =
  (needs: RelayNeeds): Take =>
  async (message) => {
    const read = needs.reader.read(message);
    if (!read.ok) {
      await suspectUnreadable(needs, message, read.refusal);
      return 'dead';
    }
    const control = read.value;
    if (control.expiresAt > needs.now()) await needs.controls[control.type]?.(control);
    return 'done';
  };
