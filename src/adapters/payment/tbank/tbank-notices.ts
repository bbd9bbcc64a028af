import { z } from 'zod';
import type { RawRequest, Reading } from '../../../application/ports/payment-provider.ts';
import type { Claim } from '../../../domain/payment-claim.ts';
import { jsonOfBytes } from '../json.ts';
import { isTokenGood, type Fields } from './tbank-token.ts';
import { claimFrom, paymentNumber } from './tbank-wire.ts';

/** Whose notifications we take. */
export interface Terminal {
  readonly key: string;
  /** Several while one is being replaced. */
  readonly passwords: readonly string[];
  readonly mode: Claim['mode'];
}

/** A terminal for tests says so in its name. */
export const modeOf = (terminalKey: string): Claim['mode'] =>
  terminalKey.endsWith('DEMO') ? 'test' : 'live';

// Card data (Pan, ExpDate, CardId) are not read at all: the token covers values and not their names, so a receipt
// would show whatever somebody on the way called `Pan`.
const noticeShape = z.object({
  TerminalKey: z.string(),
  OrderId: z.string().min(1).max(50),
  Success: z.boolean(),
  Status: z.string().max(40),
  PaymentId: paymentNumber,
  ErrorCode: z.string().max(10),
  Amount: z.int().nonnegative(),
});
type Notice = z.output<typeof noticeShape>;

const malformed: Reading = { tag: 'refused', why: 'malformed' };

/** Reads a notification: token first, then the terminal, then what it says. */
export function readNotice({ body }: RawRequest, terminal: Terminal): Reading {
  const fields = fieldsOf(body);
  if (fields === undefined) return malformed;
  if (fields['Token'] === undefined) return { tag: 'refused', why: 'unsigned' };
  if (!isTokenGood(fields, terminal.passwords)) return { tag: 'refused', why: 'signature' };
  const notice = noticeShape.safeParse(fields).data;
  if (notice === undefined) return malformed;
  if (notice.TerminalKey !== terminal.key) {
    const isOtherMode = modeOf(notice.TerminalKey) !== terminal.mode;
    return { tag: 'refused', why: isOtherMode ? 'mode' : 'payee' };
  }
  return readingOf(notice, terminal.mode);
}

function readingOf(notice: Notice, mode: Claim['mode']): Reading {
  const { Status: status, PaymentId: ref, Amount, OrderId, Success, ErrorCode } = notice;
  const eventKey = `${ref}:${status}:${String(Amount)}`;
  const proof = (): Reading => ({
    tag: 'proof',
    eventKey,
    of: { by: 'id', id: OrderId },
    claim: claimFrom(notice, mode),
  });
  switch (status) {
    case 'AUTHORIZED':
    case 'CONFIRMED':
      // Money together with an error is a contradiction: the bank is asked.
      return Success && ErrorCode === '0' ? proof() : { tag: 'hint', eventKey, ref };
    case 'PARTIAL_REVERSED':
    case 'REVERSED':
    case 'REFUNDED':
    case 'CANCELED':
    case 'DEADLINE_EXPIRED':
    case 'ATTEMPTS_EXPIRED':
      return proof();
    // One try has failed, and the payer may try again on the same page; or a part went back, and how much is not told.
    case 'REJECTED':
    case 'AUTH_FAIL':
    case 'PARTIAL_REFUNDED':
      return { tag: 'hint', eventKey, ref };
    default:
      return { tag: 'ignored', why: 'this status settles nothing' };
  }
}

/** The outermost JSON object; undefined for anything else, and where a name could mean more than it says. */
function fieldsOf(body: Uint8Array): Fields | undefined {
  const json = jsonOfBytes(body);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  if (Object.hasOwn(json, '__proto__') || Object.hasOwn(json, 'Password')) return undefined;
  return json as Fields;
}
