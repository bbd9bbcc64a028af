import { isId, type PaymentId } from '../../domain/ids.ts';
import type { Bill } from '../../domain/ledger/bill.ts';
import { decideEvent, type Decision } from '../../domain/ledger/decide-event.ts';
import { askedBy } from '../../domain/ledger/event-keys.ts';
import { resolveHold, type Hold } from '../../domain/ledger/hold.ts';
import type { LedgerEvent } from '../../domain/ledger/ledger-event.ts';
import { standingOf } from '../../domain/ledger/standing.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { BooksAccount, Posting } from '../ports/books.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger, LedgerPosting, LedgerSeen, PostRefusal } from '../ports/ledger.ts';
import type { Randomness } from '../ports/randomness.ts';
import { changeOf } from './account-change.ts';

/** What belongs to an event beside itself. */
export interface Beside {
  /** The hold that a capture takes its money from. */
  readonly hold?: string;
  /** What a charge is billed as. */
  readonly bill?: Bill;
}

/** Posts an event as the books stand at that moment. Told again it changes nothing. */
export const postEvent =
  (ledger: Ledger, clock: Clock, randomness: Randomness) =>
  (
    event: LedgerEvent,
    { hold, bill }: Beside = {},
  ): Promise<Result<'posted' | 'repeated', PostRefusal>> =>
    ledger.post({ ...askedBy(event), hold, facts: factsOf(event) }, (seen) => {
      if (seen.found?.isClosed === true) {
        return refused({ reason: 'account-closed', account: seen.found.account.number });
      }
      const now = clock.now();
      const taken = holdAfter(event, hold, seen.hold, now);
      if (!taken.ok) return taken;
      const { found, family } = seen;
      const standing = found && standingOf(found.account.number, found.account.balance);
      const decided = decideEvent(event, { standing, family });
      if (!decided.ok) return decided;
      const posting = postingOf(event, decided.value, found, { now, randomness });
      return ok({
        ...posting,
        ...(taken.value !== undefined && { hold: taken.value }),
        ...(bill !== undefined && { bill }),
      });
    });
export type PostEvent = ReturnType<typeof postEvent>;

/** An event as text, the same for the same facts. */
export const factsOf = (event: LedgerEvent): string =>
  JSON.stringify(
    Object.entries(event).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  );

function holdAfter(
  event: LedgerEvent,
  key: string | undefined,
  hold: LedgerSeen['hold'],
  now: Instant,
): Result<Hold | undefined, PostRefusal> {
  if (key === undefined) return ok(undefined);
  if (hold === undefined || event.type !== 'payment-captured') {
    return refused({ reason: 'hold-unknown' });
  }
  const amount = event.captured ?? event.amount;
  if (amount.currency !== hold.amount.currency) return refused({ reason: 'currency-differs' });
  return resolveHold(hold, { tag: 'capture', amount }, now);
}

function postingOf(
  event: LedgerEvent,
  { entries, line }: Decision,
  found: BooksAccount | undefined,
  { now, randomness }: { readonly now: Instant; readonly randomness: Randomness },
): LedgerPosting {
  const saved = entries.map((entry) => ({ entryId: randomness.id(), entry }));
  const [first] = saved;
  const base = { entries: saved, customerId: found?.account.customerId, recordedAt: now };
  if (found === undefined || line === undefined || first === undefined) return base;
  const paymentId = 'paymentId' in event ? event.paymentId : '';
  const shown = { ...line, description: event.memo, paymentId: knownPayment(paymentId) };
  const moment = { entryId: first.entryId, messageId: randomness.id(), now };
  const change: Posting['change'] = changeOf(found, shown, moment);
  return { ...base, change };
}

/** The portal knows its payments by ids of its own; a register’s names say nothing there. */
const knownPayment = (id: string): PaymentId | undefined =>
  isId(id) ? (id as PaymentId) : undefined;
