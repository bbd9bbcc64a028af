import fc from 'fast-check';
import type { Account } from '../../src/domain/account.ts';
import { currencies, type Currency } from '../../src/domain/currency.ts';
import type { AccountId, CustomerId, OperationId, PaymentId } from '../../src/domain/ids.ts';
import { money, type Money } from '../../src/domain/money.ts';
import { operationKinds, type Operation } from '../../src/domain/operation.ts';
import { declineReasons, type Claim } from '../../src/domain/payment-claim.ts';
import type { PaymentState } from '../../src/domain/payment-moves.ts';
import {
  newPayment,
  providerRefOf,
  type CreatedPayment,
  type Payment,
  type PendingPayment,
} from '../../src/domain/payment.ts';
import { hour, instant, parseDay, type CalendarDay, type Instant } from '../../src/domain/time.ts';
import './fc-runs.ts';

// Generators of valid things, valid by construction. Importing them sets the number of runs and the seed.

export const anyCurrency: fc.Arbitrary<Currency> = fc.constantFrom(...currencies);

const most = 10n ** 14n;
/** Any sum, above and below zero, in any currency or in one. */
export const anyMoney = (currency: fc.Arbitrary<Currency> = anyCurrency): fc.Arbitrary<Money> =>
  fc.tuple(fc.bigInt(-most, most), currency).map(([minor, of]) => money(minor, of));

export const anySumAbove = (least: bigint, currency: Currency = 'RUB'): fc.Arbitrary<Money> =>
  fc.bigInt(least + 1n, most).map((minor) => money(minor, currency));

const from = Date.UTC(2020, 0, 1);
const until = Date.UTC(2040, 0, 1);
export const anyInstant: fc.Arbitrary<Instant> = fc
  .integer({ min: from, max: until })
  .map((ms) => instant(ms));

export const anyDay: fc.Arbitrary<CalendarDay> = fc
  .integer({ min: from / (24 * hour), max: until / (24 * hour) })
  .map((days) => parseDay(new Date(days * 24 * hour).toISOString().slice(0, 10))!);

/** Zones whose clocks change at midnight, at other hours, by half an hour, or never. */
export const anyZone = fc.constantFrom(
  'Europe/Moscow',
  'Europe/Berlin',
  'America/New_York',
  'America/Havana',
  'America/Santiago',
  'Atlantic/Azores',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'UTC',
);

export const anyCustomerId = fc.uuid({ version: 7 }).map((id) => id as CustomerId);
export const anyPaymentId = fc.uuid({ version: 7 }).map((id) => id as PaymentId);
export const anyText = fc.string({ unit: 'grapheme', maxLength: 20 });

export const anyCreatedPayment: fc.Arbitrary<CreatedPayment> = fc
  .record({
    id: anyPaymentId,
    customerId: anyCustomerId,
    amount: anySumAbove(0n),
    now: anyInstant,
  })
  .map(({ now, ...facts }) =>
    newPayment(
      {
        ...facts,
        accountId: facts.customerId as string as AccountId,
        accountNumber: '40817-001',
        method: 'card',
        provider: 'alpha',
      },
      now,
    ),
  );

const anyRef = fc.option(fc.uuid(), { nil: undefined });
/** What was paid with, where it is told. */
const anyInstrument = fc.constantFrom(
  {},
  { instrument: { label: '•••• 4477' } },
  { instrument: { label: '•••• 0004', rrn: '603668680243', authCode: '062467' } },
);

export const anyReason = fc.constantFrom(...declineReasons);

/** A payment in any of the states named, all of its facts fitting together. */
export const anyPayment = (...states: readonly PaymentState[]): fc.Arbitrary<Payment> =>
  fc
    .record({
      created: anyCreatedPayment,
      state: fc.constantFrom(...states),
      attempts: fc.nat(12),
      age: fc.nat(hour),
      providerRef: anyRef,
      reason: anyReason,
      late: fc.boolean(),
      with: anyInstrument,
    })
    .map(({ created, state, attempts, age, providerRef, reason, late, with: used }): Payment => {
      const updatedAt = instant(created.createdAt + age);
      const facts = { ...created, attempts, updatedAt };
      switch (state) {
        case 'created':
        case 'initiating':
          return { ...facts, state };
        case 'pending':
        case 'canceling':
          return { ...facts, state, providerRef, redirect: undefined, expiresAt: expiry(created) };
        case 'capturing':
          return { ...facts, state, providerRef, captured: created.charge };
        case 'succeeded': {
          const captured = created.charge;
          const paidAt = updatedAt;
          const success = { providerRef, paidAt, late, captured, providerFee: undefined };
          return { ...facts, state, ...success, ...used };
        }
        case 'failed':
          return { ...facts, state, providerRef, reason };
        case 'review':
          return { ...facts, state, providerRef, ...misfit };
        case 'authorized':
        case 'canceled':
        case 'expired':
          return { ...facts, state, providerRef };
      }
    });

const misfit = {
  why: 'the sum paid is not the sum asked',
  captured: undefined,
  proposal: undefined,
};
const expiry = ({ createdAt }: CreatedPayment): PendingPayment['expiresAt'] =>
  instant(createdAt + hour);

/** A record as our own code makes them, so that it is deeply equal to one. */
function plainRecord<Fields extends object>(fields: {
  [Name in keyof Fields]: fc.Arbitrary<Fields[Name]>;
}): fc.Arbitrary<Fields> {
  return fc.record<Fields>(fields, { noNullPrototype: true });
}

/** A claim about a payment that fits it: its sum, its mode. */
export const anyClaim = (
  payment: Payment,
  ...states: readonly Claim['state'][]
): fc.Arbitrary<Claim> =>
  fc.record({
    state: fc.constantFrom(...states),
    // A provider has one name for one payment.
    ref: fc.constantFrom(providerRefOf(payment) ?? `ref of ${payment.id}`, undefined),
    amount: fc.constant(payment.charge),
    mode: fc.constant('live' as const),
    reason: fc.option(anyReason, { nil: undefined }),
    paidAt: fc.option(anyInstant, { nil: undefined }),
  });

/** A claim that says money was taken, yet another sum, no sum, or in another mode. */
export const anyMisfit = (payment: Payment): fc.Arbitrary<Claim> =>
  fc
    .tuple(
      anyClaim(payment, 'paid'),
      fc.constantFrom('more', 'less', 'currency', 'none', 'mode'),
      fc.bigInt(1n, most),
    )
    .map(([claim, how, by]): Claim => {
      const { minor } = payment.charge;
      switch (how) {
        case 'more':
          return { ...claim, amount: money(minor + by, 'RUB') };
        case 'less':
          return { ...claim, amount: money(minor - by, 'RUB') };
        case 'currency':
          return { ...claim, amount: money(minor, 'USD') };
        case 'none':
          return { ...claim, amount: undefined };
        default:
          return { ...claim, mode: 'test' };
      }
    });

export const anyAccount: fc.Arbitrary<Account> = plainRecord({
  id: fc.uuid({ version: 7 }).map((id) => id as AccountId),
  customerId: anyCustomerId,
  number: fc.stringMatching(/^\d{1,20}$/),
  title: anyText,
  balance: anyMoney(),
  openedOn: anyDay,
  asOf: anyInstant,
  version: fc.nat(),
});

/** Any operation of an account. */
export const anyOperation = (account: Account): fc.Arbitrary<Operation> =>
  plainRecord({
    id: fc.uuid({ version: 7 }).map((id) => id as OperationId),
    accountId: fc.constant(account.id),
    postedAt: anyInstant,
    kind: fc.constantFrom(...operationKinds),
    amount: anyMoney(fc.constant(account.balance.currency)),
    description: anyText,
    counterparty: fc.option(anyText, { nil: undefined }),
    paymentId: fc.option(anyPaymentId, { nil: undefined }),
  });
