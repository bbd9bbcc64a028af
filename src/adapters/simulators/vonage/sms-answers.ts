import { randomBytes } from 'node:crypto';
import type { AcceptableSms, SmsRefusal } from './sms-request.ts';

/** In hundred-millionths of the account's currency. */
const PRICE_PER_PART = 3_330_000n;
const OPENING_BALANCE = 100_000_000_000_000n;
const NETWORK = '25001';

/** The operator's account: every part sent costs, and every answer says what is left. */
export class SmsAccount {
  #balance = OPENING_BALANCE;

  /** Charges for the parts; the answer has one entry per part, each with an id of its own. */
  accept(sms: AcceptableSms, parts: number): { readonly firstId: string; readonly body: object } {
    const messages = Array.from({ length: parts }, () => this.#part(sms));
    return { firstId: messages[0]?.['message-id'] ?? '', body: envelope(messages) };
  }

  reset(): void {
    this.#balance = OPENING_BALANCE;
  }

  #part({ to, clientRef, accountRef }: AcceptableSms) {
    this.#balance -= PRICE_PER_PART;
    return {
      to,
      'message-id': randomBytes(8).toString('hex').toUpperCase(),
      status: '0',
      'remaining-balance': decimals(this.#balance),
      'message-price': decimals(PRICE_PER_PART),
      network: NETWORK,
      ...(clientRef === undefined ? {} : { 'client-ref': clientRef }),
      ...(accountRef === undefined ? {} : { 'account-ref': accountRef }),
    };
  }
}

export function refusalAnswer({ status, errorText }: SmsRefusal): object {
  return envelope([{ status, 'error-text': errorText }]);
}

const words: Readonly<Record<string, string>> = {
  '1': 'Throughput Rate Exceeded - please wait [ 250 ] and retry',
  '4': 'Bad Credentials',
  '5': 'Internal Error',
  '6': 'Unroutable message - rejected',
  '7': 'Number Barred',
  '8': 'Partner Account Barred',
  '9': 'Partner quota exceeded - rejected',
  '29': 'Non White-listed Destination - rejected',
  '33': 'Number De-activated',
};

/** The refusal a rule asks for, in the operator's words. */
export function orderedRefusal(status: string): SmsRefusal {
  return { status, errorText: words[status] ?? `Status ${status}` };
}

// The real operator sends the count as a string, too.
function envelope(messages: readonly object[]): object {
  return { 'message-count': String(messages.length), messages };
}

function decimals(hundredMillionths: bigint): string {
  const digits = String(hundredMillionths).padStart(9, '0');
  return `${digits.slice(0, -8)}.${digits.slice(-8)}`;
}
