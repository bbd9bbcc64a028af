import { money, type Money } from '../money.ts';
import { ok, refused, type Result } from '../result.ts';
import { findKind, ofAccount, ofCompany, ofProvider } from './chart-of-accounts.ts';
import {
  credit,
  debit,
  entry,
  reversal,
  sums,
  transfer,
  type Entry,
  type Posting,
} from './entry.ts';
import { keyOf } from './event-keys.ts';
import type { EventOf, LedgerEvent, LedgerEventType } from './ledger-event.ts';
import { captureKey } from './posting-rules.ts';
import { postCapture } from './provider-money.ts';
import { creditCustomer, debitCustomer, type Standing } from './standing.ts';

/** What stands in the books at the moment an event is decided. */
export interface Seen {
  /** How the customer's account stands; undefined where there is no such account. */
  readonly standing: Standing | undefined;
  /** The entry the event is about, and what belongs to it. */
  readonly family: readonly Entry[];
}

export type EventRefusal =
  | { readonly reason: 'account-unknown' }
  | { readonly reason: 'currency-differs' }
  | { readonly reason: 'original-unknown'; readonly key: string }
  | { readonly reason: 'already-reversed'; readonly key: string }
  | { readonly reason: 'is-a-reversal'; readonly key: string }
  | { readonly reason: 'account-needed'; readonly account: string }
  | { readonly reason: 'over-captured'; readonly left: Money };

type Decided = Result<Entry, EventRefusal>;
type Rules = { readonly [Type in LedgerEventType]: (event: EventOf<Type>, seen: Seen) => Decided };

/** The entry an event is booked as; the netting of debt and prepayment follows it. */
export function entryFor(event: LedgerEvent, seen: Seen): Decided {
  const needsAccount = 'account' in event && event.account !== undefined;
  if (needsAccount && seen.standing === undefined) return refused({ reason: 'account-unknown' });
  if (needsAccount && 'amount' in event) {
    const isSame = seen.standing?.receivable.currency === event.amount.currency;
    if (!isSame) return refused({ reason: 'currency-differs' });
  }
  return (rules[event.type] as (of: LedgerEvent, seen: Seen) => Decided)(event, seen);
}

const rules: Rules = {
  // Debt first: what was paid in advance is applied by the entry that nets the two.
  'charge-raised': (event) =>
    made(event, 'charge', [
      debit(ofAccount('receivable', event.account), event.amount),
      credit(ofCompany('income', event.amount.currency, event.service), event.amount),
    ]),
  'charge-cancelled': (event, seen) => undone(event, `charge:${event.invoiceId}`, seen),
  'payment-captured': (event, { standing }) => ok(captured(event, standing)),
  'fee-known': (event) => made(event, 'fee', fee(event)),
  'fee-corrected': (event) => made(event, 'fee-corrected', fee(event)),
  settled: (event) =>
    made(event, 'settlement', [
      debit(ofCompany('bank', event.amount.currency, event.bankAccount), event.amount),
      credit(at(event, 'clearing'), event.amount),
    ]),
  'reserve-withheld': (event) =>
    made(
      event,
      'reserve-withheld',
      transfer(at(event, 'clearing'), at(event, 'reserve'), event.amount),
    ),
  'reserve-released': (event) =>
    made(
      event,
      'reserve-released',
      transfer(at(event, 'reserve'), at(event, 'clearing'), event.amount),
    ),
  'refund-requested': (event, { standing, family }) => {
    const { provider, paymentId, account, amount } = event;
    const correlation = captureKey(provider, paymentId);
    if (!family.some(({ key }) => key === correlation)) {
      return refused({ reason: 'original-unknown', key: correlation });
    }
    const left = leftOf(family, amount);
    if (amount.minor > left.minor) return refused({ reason: 'over-captured', left });
    return made(
      event,
      'refund-requested',
      [
        ...ofCustomer(debitCustomer, standing, amount),
        credit(ofAccount('refunds-payable', account), amount),
      ],
      { correlation },
    );
  },
  'refund-confirmed': (event) =>
    made(event, 'refund-confirmed', [
      debit(ofAccount('refunds-payable', event.account), event.amount),
      credit(at(event, 'clearing'), event.amount),
    ]),
  'refund-failed': (event, seen) => undone(event, `refund-req:${event.refundId}`, seen),
  'chargeback-opened': (event) =>
    made(
      event,
      'chargeback-opened',
      [
        ...transfer(at(event, 'clearing'), at(event, 'disputed'), event.amount),
        ...(event.fee === undefined ? [] : fee({ ...event, amount: event.fee })),
      ],
      { correlation: captureKey(event.provider, event.paymentId) },
    ),
  'chargeback-lost': (event, { standing }) =>
    made(event, 'chargeback-lost', [
      ...(standing === undefined
        ? [debit(at(event, 'chargeback-losses'), event.amount)]
        : debitCustomer(standing, event.amount)),
      credit(at(event, 'disputed'), event.amount),
    ]),
  'chargeback-won': (event) =>
    made(
      event,
      'chargeback-won',
      transfer(at(event, 'disputed'), at(event, 'clearing'), event.amount),
    ),
  'owner-found': (event, { standing }) =>
    made(event, 'owner-found', [
      debit(at(event, 'suspense'), event.amount),
      ...ofCustomer(creditCustomer, standing, event.amount),
    ]),
  'owner-never-found': (event) =>
    made(event, 'owner-never-found', [
      debit(at(event, 'suspense'), event.amount),
      credit(at(event, 'clearing'), event.amount),
    ]),
  'difference-tolerated': (event) =>
    made(
      event,
      'difference-tolerated',
      transfer(at(event, 'clearing'), at(event, 'differences'), event.amount),
    ),
  converted: (event) => {
    const { from, to } = event;
    return made(event, 'conversion', [
      debit(ofCompany('bank', to.currency), to),
      credit(ofCompany('exchange', to.currency), to),
      debit(ofCompany('exchange', from.currency), from),
      credit(ofCompany('bank', from.currency), from),
    ]);
  },
  'entry-reversed': (event, seen) => undone(event, event.key, seen),
};

const at = (
  event: { readonly provider: string; readonly amount: Money },
  kind: Parameters<typeof ofProvider>[0],
) => ofProvider(kind, event.provider, event.amount.currency);

const fee = (event: { readonly provider: string; readonly amount: Money }): readonly Posting[] =>
  transfer(at(event, 'clearing'), at(event, 'fees'), event.amount);

const ofCustomer = (
  move: (standing: Standing, amount: Money) => readonly Posting[],
  standing: Standing | undefined,
  amount: Money,
): readonly Posting[] => (standing === undefined ? [] : move(standing, amount));

const bookOn = ({ bookOn: day }: LedgerEvent) => (day === undefined ? {} : { bookOn: day });

const made = (
  event: LedgerEvent,
  kind: string,
  postings: readonly Posting[],
  more: { readonly correlation?: string } = {},
): Decided =>
  ok(
    entry({
      key: keyOf(event),
      kind,
      effectiveAt: event.at,
      memo: event.memo,
      postings,
      ...bookOn(event),
      ...more,
    }),
  );

function captured(event: EventOf<'payment-captured'>, standing: Standing | undefined): Entry {
  const { provider, ref, amount, byRegistry = false } = event;
  const known = standing === undefined ? 'payment-unidentified' : 'payment-captured';
  const made = postCapture({
    ...event,
    owner: standing ?? 'unknown',
    captured: event.captured ?? amount,
    providerFee: event.fee,
    paidAt: event.at,
    kind: byRegistry ? `${known}-by-registry` : known,
  });
  return { ...made, ...bookOn(event), ...(ref !== undefined && { proof: { provider, ref } }) };
}

function undone(event: LedgerEvent, key: string, { family, standing }: Seen): Decided {
  const original = family.find((each) => each.key === key);
  if (original === undefined) return refused({ reason: 'original-unknown', key });
  if (original.reverses !== undefined) return refused({ reason: 'is-a-reversal', key });
  if (family.some(({ reverses }) => reverses === key)) {
    return refused({ reason: 'already-reversed', key });
  }
  const stranger = original.postings.find(({ account }) => isAnothers(account, standing));
  if (stranger !== undefined) {
    return refused({ reason: 'account-needed', account: stranger.account });
  }
  return ok({ ...reversal(original, keyOf(event), event.at, event.memo), ...bookOn(event) });
}

/** Whether an account is a customer's other than the one whose standing is known, so that it would not be netted. */
function isAnothers(account: string, standing: Standing | undefined): boolean {
  const kind = findKind(account);
  if (kind !== 'receivable' && kind !== 'prepayment') return false;
  return account !== `${kind}:${standing?.accountNumber ?? ''}`;
}

const owners: readonly (string | undefined)[] = ['receivable', 'prepayment', 'suspense'];

/** What is left of a capture for its owner after everything that was paid back. */
function leftOf(family: readonly Entry[], like: Money): Money {
  const legs = family
    .flatMap(({ postings }) => postings)
    .filter(({ account }) => owners.includes(findKind(account)));
  const sum = sums(legs).get(like.currency);
  return money(sum === undefined ? 0n : sum.credit - sum.debit, like.currency);
}
