import { z } from 'zod';
import type { ToBill } from '../../domain/ledger/bill.ts';
import { parseQuantity } from '../../domain/ledger/charge.ts';
import { ofAccount, ofProvider } from '../../domain/ledger/chart-of-accounts.ts';
import { holdKey, newHold } from '../../domain/ledger/hold.ts';
import type { LedgerEvent } from '../../domain/ledger/ledger-event.ts';
import { isCurrency } from '../../domain/currency.ts';
import { parseDecimal, type Money } from '../../domain/money.ts';
import { parseDay, parseInstant } from '../../domain/time.ts';
import type { Told } from '../../application/ports/told-events.ts';

/** Reads a text by a function of the domain that answers undefined for what it is not. */
const read = <Value>(parse: (text: string) => Value | undefined, sentence: string) =>
  z.string().transform((text, context) => {
    const value = parse(text);
    if (value === undefined) context.addIssue({ code: 'custom', message: sentence });
    return value ?? z.NEVER;
  });

const name = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\s:][^\n\r\t]*$/, 'is no name');
/** Part of an account's name, so without what separates those. */
const part = z.string().regex(/^[\w.-]{1,64}$/, 'is no name of letters, digits, . and -');
const sum = z.strictObject({ value: z.string(), currency: z.string() }).transform((of, context) => {
  const found = parseDecimal(of.value, of.currency);
  if (found === undefined)
    context.addIssue({ code: 'custom', message: 'is no sum of its currency' });
  return found ?? z.NEVER;
});
const positive = sum.refine(({ minor }: Money) => minor > 0n, 'must be above zero');
const notNothing = sum.refine(({ minor }: Money) => minor !== 0n, 'must not be zero');
const instant = read(parseInstant, 'is no time with a zone, as 2026-10-31T12:00:00+03:00');
const day = read(parseDay, 'is no day, as 2026-10-31');
const quantity = read(parseQuantity, 'is no decimal of at most nine digits after the point');
const currency = z
  .string()
  .refine(isCurrency, 'is no currency of ours')
  .transform((text) => text);

const told = { at: instant, memo: z.string().max(500).default(''), bookOn: day.optional() };
const atProvider = { ...told, provider: part, amount: positive };
const ofCase = { ...atProvider, caseId: name };

/** What is posted as it is told; every field is that of the event. */
const plain = {
  'charge-raised': {
    ...told,
    invoiceId: name,
    account: name,
    amount: positive,
    service: part.optional(),
  },
  'charge-cancelled': { ...told, invoiceId: name, account: name },
  'fee-known': { ...atProvider, paymentId: name },
  'fee-corrected': { ...atProvider, amount: notNothing, registryId: name, line: z.int().min(0) },
  settled: { ...atProvider, batchId: name, bankAccount: part.optional() },
  'reserve-withheld': { ...atProvider, batchId: name },
  'reserve-released': { ...atProvider, batchId: name },
  'refund-requested': { ...atProvider, refundId: name, paymentId: name, account: name },
  'refund-confirmed': { ...atProvider, refundId: name, account: name },
  'refund-failed': { ...told, refundId: name, account: name },
  'chargeback-opened': { ...ofCase, paymentId: name, fee: positive.optional() },
  'chargeback-lost': { ...ofCase, account: name.optional() },
  'chargeback-won': ofCase,
  'owner-found': { ...ofCase, account: name },
  'owner-never-found': ofCase,
  converted: { ...told, id: name, from: positive, to: positive },
  'entry-reversed': { ...told, key: name, account: name.optional() },
} as const;

const captured = z.strictObject({
  type: z.literal('payment-captured'),
  ...atProvider,
  paymentId: name,
  ref: name.optional(),
  account: name.optional(),
  captured: positive.optional(),
  fee: positive.optional(),
  byRegistry: z.boolean().optional(),
  authorisation: name.optional(),
});
const authorised = z.strictObject({
  type: z.literal('payment-authorised'),
  ...{ provider: part, authorisation: name, account: name, amount: positive, expiresAt: instant },
});
const voided = z.strictObject({
  type: z.literal('authorisation-voided'),
  ...{ provider: part, authorisation: name },
});
const positiveWhole = z.int().positive().transform(BigInt);
const billed = z.strictObject({
  type: z.literal('bill'),
  ...{ at: instant, memo: told.memo, invoiceId: name, account: name, currency },
  period: z.strictObject({ from: day, to: day }),
  services: z
    .array(
      z.strictObject({
        title: z.string().min(1).max(200),
        quantity,
        unit: z.string().max(20).default(''),
        tariffs: z
          .array(z.strictObject({ from: day, price: quantity }))
          .min(1)
          .max(100),
      }),
    )
    .min(1)
    .max(200),
  late: z
    .strictObject({
      debt: positive,
      days: z.int().min(0),
      rule: z.strictObject({
        graceDays: z.int().min(0),
        numerator: positiveWhole,
        denominator: positiveWhole,
        mostPercent: positiveWhole,
      }),
    })
    .optional(),
});

/** Leaves out what was not told: absent and undefined are not the same to the rules. */
const without = <Of extends object>(of: Of): Of =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Of;

const plainEvents = Object.entries(plain).map(([type, fields]) =>
  z.strictObject({ type: z.literal(type), ...fields }).transform((event): Told => ({
    tag: 'event',
    event: without(event) as LedgerEvent,
    hold: undefined,
  })),
);

/** Reads one event, or says what is wrong with it. */
export const schemaOf: Readonly<Record<string, z.ZodType<Told>>> = {
  ...Object.fromEntries(
    Object.keys(plain).map((type, n) => [type, plainEvents[n] as z.ZodType<Told>]),
  ),
  'payment-captured': captured.transform(({ authorisation, ...event }): Told => ({
    tag: 'event',
    event: without(event) as LedgerEvent,
    hold: authorisation === undefined ? undefined : holdKey(event.provider, authorisation),
  })),
  'payment-authorised': authorised.transform(
    ({ provider, authorisation, account, amount, expiresAt }): Told => ({
      tag: 'hold',
      hold: newHold({
        key: holdKey(provider, authorisation),
        debit: ofProvider('clearing', provider, amount.currency),
        credit: ofAccount('receivable', account),
        ...{ amount, expiresAt },
      }),
    }),
  ),
  'authorisation-voided': voided.transform(({ provider, authorisation }): Told => ({
    tag: 'void',
    key: holdKey(provider, authorisation),
  })),
  bill: billed.transform(({ at, memo, type, ...toBill }): Told => {
    void type;
    return { tag: 'bill', toBill: without(toBill) as ToBill, at, memo };
  }),
};
