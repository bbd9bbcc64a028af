import fc from 'fast-check';
import type { Currency } from '../../src/domain/currency.ts';
import type { LedgerEvent } from '../../src/domain/ledger/ledger-event.ts';
import { parseMonth, type Month } from '../../src/domain/ledger/period.ts';
import { money, type Money } from '../../src/domain/money.ts';
import { instant, type Instant } from '../../src/domain/time.ts';

/** Something that happens to the ledger: an event, told once or more, with or without a crash; a hold; a closing. */
export type LedgerStep =
  | {
      readonly tag: 'event';
      readonly event: LedgerEvent;
      readonly hold?: string;
      readonly times: number;
      readonly crash: 'none' | 'before-commit' | 'after-commit';
      readonly isChanged: boolean;
    }
  | { readonly tag: 'hold'; readonly key: string; readonly amount: Money; readonly isLong: boolean }
  | { readonly tag: 'void' | 'expire'; readonly key: string }
  | { readonly tag: 'close'; readonly month: Month }
  | { readonly tag: 'close-account'; readonly account: string };

/** Accounts of the little company, each in a currency of its own digits. */
export const ledgerAccounts: Readonly<Record<string, Currency>> = {
  A1: 'RUB',
  A2: 'RUB',
  A3: 'JPY',
  A4: 'KWD',
  A5: 'USD',
  A6: 'EUR',
  A7: 'KZT',
};
export const ledgerProviders = ['alpha', 'beta'] as const;
const accountNumbers = Object.keys(ledgerAccounts);

// Few names, so that events meet: a refund finds its capture, a repetition its first.
const id = fc.constantFrom('1', '2');
const provider = fc.constantFrom(...ledgerProviders);
const account = fc.constantFrom(...accountNumbers, 'A1', 'A1', 'A1', 'A1', 'A1', 'A1');
const size = fc.bigInt({ min: 1n, max: 200n });
const start = Date.UTC(2026, 8, 1);
const at: fc.Arbitrary<Instant> = fc
  .integer({ min: 0, max: 100 })
  .map((days) => instant(start + days * 86_400_000));

/** An event with every name it might need; each type takes what it has. */
const facts = fc.record({
  id,
  other: id,
  provider,
  account,
  size,
  second: size,
  at,
  isOn: fc.boolean(),
  memo: fc.constantFrom('', 'memo'),
});
type Facts = typeof facts extends fc.Arbitrary<infer Value> ? Value : never;

const sumOf = ({ account: number, size: minor }: Facts): Money =>
  money(minor, ledgerAccounts[number] ?? 'RUB');
const told = (of: Facts) => ({
  at: of.at,
  memo: of.memo,
  provider: of.provider,
  amount: sumOf(of),
});

const makers: readonly ((of: Facts) => LedgerEvent)[] = [
  (of) => ({
    ...told(of),
    type: 'charge-raised',
    invoiceId: of.id + of.other,
    account: of.account,
  }),
  (of) => ({
    ...told(of),
    type: 'charge-raised',
    invoiceId: of.id + of.other,
    account: of.account,
    service: 'water',
  }),
  (of) => ({
    at: of.at,
    memo: of.memo,
    type: 'charge-cancelled',
    invoiceId: of.id + of.other,
    account: of.account,
  }),
  (of) => captureOf(of),
  (of) => captureOf(of),
  (of) => captureOf(of),
  (of) => ({ ...told(of), type: 'payment-captured', paymentId: `u${of.id}` }),
  (of) => ({ ...told(of), type: 'fee-known', paymentId: of.id }),
  (of) => ({
    ...told(of),
    type: 'fee-corrected',
    registryId: of.id,
    line: 1,
    amount: of.isOn ? sumOf(of) : money(-of.size, sumOf(of).currency),
  }),
  (of) => ({ ...told(of), type: 'settled', batchId: of.id }),
  (of) => ({ ...told(of), type: 'reserve-withheld', batchId: of.id }),
  (of) => ({ ...told(of), type: 'reserve-released', batchId: of.id }),
  (of) => ({
    ...told(of),
    type: 'refund-requested',
    refundId: of.other,
    paymentId: paymentOf(of),
    account: of.account,
  }),
  (of) => ({ ...told(of), type: 'refund-confirmed', refundId: of.other, account: of.account }),
  (of) => ({
    at: of.at,
    memo: of.memo,
    type: 'refund-failed',
    refundId: of.other,
    account: of.account,
  }),
  (of) => ({
    ...told(of),
    type: 'chargeback-opened',
    caseId: of.id,
    paymentId: paymentOf(of),
    ...(of.isOn && { fee: money(of.second, sumOf(of).currency) }),
  }),
  (of) => ({
    ...told(of),
    type: 'chargeback-lost',
    caseId: of.id,
    ...(of.isOn && { account: of.account }),
  }),
  (of) => ({ ...told(of), type: 'chargeback-won', caseId: of.id }),
  (of) => ({ ...told(of), type: 'owner-found', caseId: of.id, account: of.account }),
  (of) => ({ ...told(of), type: 'owner-never-found', caseId: of.id }),
  (of) => ({
    ...told(of),
    type: 'difference-tolerated',
    caseId: of.id,
    amount: of.isOn ? sumOf(of) : money(-of.size, sumOf(of).currency),
  }),
  (of) => ({
    at: of.at,
    memo: of.memo,
    type: 'converted',
    id: of.id,
    from: sumOf(of),
    to: money(of.second, of.isOn ? 'EUR' : 'KZT'),
  }),
  (of) => ({
    at: of.at,
    memo: of.memo,
    type: 'entry-reversed',
    key: `capture:${of.provider}:${paymentOf(of)}`,
    account: of.account,
  }),
  (of) => ({
    at: of.at,
    memo: of.memo,
    type: 'entry-reversed',
    key: `settle:${of.provider}:${of.id}`,
  }),
  (of) => ({
    at: of.at,
    memo: of.memo,
    type: 'entry-reversed',
    key: `rev:settle:${of.provider}:${of.id}`,
  }),
  (of) => ({
    at: of.at,
    memo: of.memo,
    type: 'entry-reversed',
    key: `charge:${of.id}${of.other}`,
    account: of.account,
  }),
];

const paymentOf = ({ account: number, id: n }: Facts): string => `${number}-${n}`;

function captureOf(of: Facts): LedgerEvent {
  const isDear = of.second % 3n === 0n;
  return {
    ...told(of),
    type: 'payment-captured',
    paymentId: paymentOf(of),
    account: of.account,
    ...(of.isOn && { ref: `pi-${of.other}` }),
    ...(isDear && { captured: money(of.size + of.second, sumOf(of).currency) }),
    ...(of.second % 2n === 0n && { fee: money(1n, sumOf(of).currency) }),
    ...(of.second % 5n === 0n && { byRegistry: true }),
  };
}

/** What is rare because it needs something before it is tried more often. */
const often = makers.filter((make) =>
  /'(refund-(requested|confirmed|failed)|payment-captured)'/.test(make.toString()),
);

export const anyLedgerEvent: fc.Arbitrary<LedgerEvent> = fc
  .tuple(fc.constantFrom(...makers, ...often, ...often), facts)
  .map(([make, of]) => make(of));

const holdKeys = fc.constantFrom('h1', 'h2');
const eventStep: fc.Arbitrary<LedgerStep> = fc.record({
  tag: fc.constant('event' as const),
  event: anyLedgerEvent,
  times: fc.integer({ min: 1, max: 3 }),
  crash: fc.constantFrom('none', 'none', 'none', 'before-commit', 'after-commit'),
  isChanged: fc.boolean(),
});
const capturedHold: fc.Arbitrary<LedgerStep> = fc.tuple(facts, holdKeys).map(([of, hold]) => ({
  tag: 'event',
  event: {
    ...told({ ...of, account: 'A1' }),
    type: 'payment-captured',
    paymentId: `h-${of.id}`,
    account: 'A1',
  },
  hold,
  times: 1,
  crash: 'none',
  isChanged: false,
}));

export const anyLedgerStep: fc.Arbitrary<LedgerStep> = fc.oneof(
  { weight: 20, arbitrary: eventStep },
  { weight: 3, arbitrary: capturedHold },
  {
    weight: 3,
    arbitrary: fc.record({
      tag: fc.constant('hold' as const),
      key: holdKeys,
      amount: size.map((minor) => money(minor, 'RUB')),
      isLong: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ tag: fc.constantFrom('void', 'expire'), key: holdKeys }) },
  {
    weight: 1,
    arbitrary: fc.record({
      tag: fc.constant('close' as const),
      month: fc.constantFrom('2026-09', '2026-10').map((text) => parseMonth(text)!),
    }),
  },
  {
    weight: 1,
    // The first account has most of what happens, so it is closed seldom.
    arbitrary: fc.record({
      tag: fc.constant('close-account' as const),
      account: fc.constantFrom(...accountNumbers, 'A2', 'A2', 'A3', 'A3'),
    }),
  },
);
