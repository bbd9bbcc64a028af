import { randomBytes, randomUUID } from 'node:crypto';
import type {
  AccountingSystem,
  PaymentCommand,
} from '../../src/application/ports/accounting-system.ts';
import type { AccountChanged } from '../../src/application/ports/inside-messages.ts';
import type { Account } from '../../src/domain/account.ts';
import type { AccountId, CustomerId } from '../../src/domain/ids.ts';
import type { Locale } from '../../src/domain/locale.ts';
import { money } from '../../src/domain/money.ts';
import { instant, parseDay } from '../../src/domain/time.ts';

export const ledgerNow = instant(Date.parse('2026-11-22T10:00:00.123Z'));
export const clock = { now: () => ledgerNow };
export const randomness = {
  id: () => randomUUID(),
  digits: () => '000000',
  token: () => '',
  bytes: (count: number) => randomBytes(count),
};

export interface LedgerLine {
  readonly key: string;
  readonly account: string;
  readonly side: string;
  readonly minor: bigint;
}

/** The system under test and a look behind it. */
export interface LedgerWorld {
  readonly system: AccountingSystem;
  add(account: Account, locale: Locale): Promise<void>;
  ledger(): Promise<LedgerLine[]>;
  events(): Promise<{ type: string; data: AccountChanged }[]>;
}

export const anAccount = (balanceMinor = -123_450n): Account => ({
  id: randomUUID() as AccountId,
  customerId: randomUUID() as CustomerId,
  number: `N-${randomUUID().slice(0, 8)}`,
  title: 'Квартира',
  balance: money(balanceMinor, 'RUB'),
  openedOn: parseDay('2024-02-29')!,
  asOf: ledgerNow,
  version: 7,
});

export const aCommand = (
  account: Account,
  change: Partial<PaymentCommand> = {},
): PaymentCommand => {
  const paymentId = randomUUID();
  return {
    source: 'portal',
    idempotencyKey: paymentId,
    requestHash: 'hash',
    customerId: account.customerId,
    payment: {
      paymentId,
      accountId: account.id,
      provider: 'stripe',
      method: 'bank-card',
      amount: { minor: '100000', currency: 'RUB' },
      paidAt: '2026-11-22T09:59:58.000Z',
    },
    ...change,
  };
};
