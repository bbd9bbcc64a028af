import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { decideEvent } from '../../src/domain/ledger/decide-event.ts';
import type { Entry } from '../../src/domain/ledger/entry.ts';
import type { LedgerEvent } from '../../src/domain/ledger/ledger-event.ts';
import { standingOf } from '../../src/domain/ledger/standing.ts';
import { money } from '../../src/domain/money.ts';
import { noon } from './given.ts';

export const rub = (minor: bigint) => money(minor, 'RUB');
export const told = { at: noon, memo: '' };
export const alpha = { ...told, provider: 'alpha' };
export const ofCase = { ...alpha, caseId: '5' };
/** Paid in advance above zero, owed below. */
export const standing = (minor: bigint) => standingOf('1', rub(minor));

export const shown = (entry: Entry): string =>
  entry.postings
    .map(
      ({ account, side, amount: { minor } }) =>
        `${side === 'debit' ? 'D' : 'C'} ${account} ${minor}`,
    )
    .join(' · ');

export const decide = (event: LedgerEvent, balance = 0n, family: readonly Entry[] = []) => {
  const hasAccount = 'account' in event && event.account !== undefined;
  return decideEvent(event, { standing: hasAccount ? standing(balance) : undefined, family });
};
export const booked = (event: LedgerEvent, balance = 0n, family: readonly Entry[] = []) => {
  const decided = decide(event, balance, family);
  assert.ok(decided.ok, inspect(decided));
  return decided.value;
};
export const first = (...args: Parameters<typeof booked>): Entry => booked(...args).entries[0];

export const charge = {
  ...told,
  type: 'charge-raised',
  invoiceId: '7',
  account: '1',
  amount: rub(1234_56n),
} as const;
export const capture = {
  ...alpha,
  type: 'payment-captured',
  paymentId: '9',
  account: '1',
  amount: rub(1300_00n),
} as const;
export const refund = {
  ...alpha,
  type: 'refund-requested',
  refundId: '3',
  paymentId: '9',
  account: '1',
  amount: rub(100_00n),
} as const;
export const captured = first(capture, -1234_56n);
export const requested = first(refund, 65_44n, [captured]);
