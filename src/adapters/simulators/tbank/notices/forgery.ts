import { inOtherMode, isDemo } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { tokenOf, withToken } from '../token.ts';
import type { Fields } from '../token.ts';

/** The ways a notification can be made bad. */
export const forgeries = [
  'signature',
  'secret',
  'unsigned',
  'amount',
  'shift',
  'payee',
  'mode',
  'other-shape',
] as const;
export type Forgery = (typeof forgeries)[number];

/** Makes the notification into one no shop may believe. */
export function forged(fields: Fields, terminal: Terminal, forgery: Forgery): Fields {
  const { key, password } = terminal;
  switch (forgery) {
    case 'signature':
      return { ...fields, Token: flipped(tokenOf(fields, password)) };
    case 'secret':
      return withToken(fields, `${password}-of-somebody-else`);
    case 'unsigned':
      return fields;
    // Which sum is claimed was decided by whoever ordered it.
    case 'amount':
      return withToken(fields, password);
    case 'shift':
      return shifted(fields, password);
    case 'payee':
      return withToken({ ...fields, TerminalKey: otherTerminal(key) }, password);
    case 'mode':
      return withToken({ ...fields, TerminalKey: inOtherMode(key) }, password);
    case 'other-shape':
      return withToken({ ...fields, Status: 'UNHEARD_OF' }, password);
  }
}

/**
 * Moves a digit of the card's id over to the sum, its neighbour in the signed text. The token of the true notification
 * stays good, so whoever has seen one can do this without the password.
 */
function shifted(fields: Fields, password: string): Fields {
  const cardId = String(fields['CardId']);
  const moved = {
    ...fields,
    Amount: Number(`${String(fields['Amount'])}${cardId.slice(0, 1)}`),
    CardId: Number(cardId.slice(1)),
  };
  return { ...moved, Token: tokenOf(fields, password) };
}

function otherTerminal(key: string): string {
  return isDemo(key) ? '1700000000001DEMO' : '1700000000001';
}

function flipped(hex: string): string {
  return (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
}
