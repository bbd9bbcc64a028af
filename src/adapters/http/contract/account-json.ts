import { z } from 'zod';
import { idJson, instantJson, moneyJson } from './money-json.ts';

/** An account as last told by the inside. `balance` below zero is what the customer owes. */
export const accountJson = z
  .strictObject({
    id: idJson,
    number: z.string(),
    title: z.string(),
    balance: moneyJson,
    due: moneyJson.describe('what is to pay now: the debt, or zero'),
    openedOn: z.iso.date(),
    asOf: instantJson.describe('when the inside computed these figures'),
  })
  .meta({ id: 'Account' });
export type AccountJson = z.infer<typeof accountJson>;

export const accountList = z
  .strictObject({ items: z.array(accountJson) })
  .meta({ id: 'AccountList' });

export const operationKind = z.enum([
  'charge',
  'payment',
  'refund',
  'penalty',
  'correction',
  'transfer',
]);

/** One line of the history. Money in is above zero, money out below. */
export const operationJson = z
  .strictObject({
    id: idJson,
    accountId: idJson,
    postedAt: instantJson,
    kind: operationKind,
    amount: moneyJson,
    description: z.string(),
    counterparty: z.string().optional(),
    paymentId: idJson.optional().describe('the payment made here that this operation comes from'),
  })
  .meta({ id: 'Operation' });
export type OperationJson = z.infer<typeof operationJson>;

/** Newest first; `next` is the cursor of the page after, absent on the last one. */
export const operationPage = z
  .strictObject({ items: z.array(operationJson), next: z.string().optional() })
  .meta({ id: 'OperationPage' });
export type OperationPageJson = z.infer<typeof operationPage>;

export const operationQuery = z.strictObject({
  from: z.iso.date().optional(),
  to: z.iso.date().optional().describe('inclusive'),
  kind: operationKind.optional(),
  min: z
    .string()
    .max(20)
    .regex(/^-?\d+$/)
    .optional()
    .describe('smallest units, signed'),
  max: z
    .string()
    .max(20)
    .regex(/^-?\d+$/)
    .optional(),
  q: z.string().max(100).optional().describe('part of the description or counterparty'),
  after: z.string().max(200).optional().describe('cursor: `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

/** What `GET /api/live` sends as event `operation`; the SSE id is the customer's own feed number. */
export const liveOperation = z
  .strictObject({ operation: operationJson, account: accountJson })
  .meta({ id: 'LiveOperation' });
export type LiveOperationJson = z.infer<typeof liveOperation>;
/** Event `payment` of the live stream: something about a payment changed, fetch it. */
export const livePayment = z.strictObject({ paymentId: idJson, state: z.string() });
/** Events of the live stream by name. `reset` says: too much was missed, fetch everything again. */
export const liveEventNames = ['operation', 'payment', 'reset'] as const;
