import { z } from 'zod';
import { logoJson } from './logo-json.ts';
import { idJson, instantJson, moneyJson } from './money-json.ts';
import { paymentState } from './payment-json.ts';

export const staffSignInRequest = z
  .strictObject({
    login: z.string().min(1).max(64),
    password: z.string().min(1).max(1024),
    code: z.string().min(1).max(20).describe('six digits of the authenticator'),
  })
  .meta({ id: 'StaffSignInRequest' });

export const staffAction = z.enum([
  'look',
  'request-refund',
  'decide-refund',
  'resolve-review',
  'capture-payment',
  'release-payment',
]);
export type StaffActionJson = z.infer<typeof staffAction>;

export const staffMeJson = z
  .strictObject({
    staffId: idJson,
    login: z.string(),
    name: z.string(),
    may: z.array(staffAction).describe('what the roles allow'),
    company: z.strictObject({ name: z.string(), timeZone: z.string(), logo: logoJson }),
    session: z.strictObject({ idleUntil: instantJson, until: instantJson }),
  })
  .meta({ id: 'StaffMe' });
export type StaffMeJson = z.infer<typeof staffMeJson>;

const person = z.strictObject({ id: idJson, name: z.string() });

export const refundState = z.enum([
  'requested',
  'sending',
  'pending',
  'succeeded',
  'failed',
  'canceled',
]);

export const refundJson = z
  .strictObject({
    id: idJson,
    paymentId: idJson,
    provider: z.string(),
    amount: moneyJson.describe('what the payer gets'),
    debit: moneyJson.describe('what the account is debited'),
    state: refundState,
    origin: z.enum(['staff', 'provider']),
    reason: z.string(),
    requestedBy: person.optional(),
    approvedBy: person.optional(),
    createdAt: instantJson,
    updatedAt: instantJson,
  })
  .meta({ id: 'Refund' });
export type RefundJson = z.infer<typeof refundJson>;
export const refundList = z.strictObject({ items: z.array(refundJson) }).meta({ id: 'RefundList' });
export const refundQuery = z.strictObject({ state: refundState.optional() });

/** A payment as a line of a queue. */
const rowFields = {
  id: idJson,
  state: paymentState,
  provider: z.string(),
  method: z.string(),
  accountNumber: z.string(),
  amount: moneyJson,
  charge: moneyJson,
  why: z.string().optional().describe('of a review: what does not fit'),
  createdAt: instantJson,
  updatedAt: instantJson,
};
export const staffPaymentRow = z.strictObject(rowFields).meta({ id: 'StaffPaymentRow' });
export type StaffPaymentRowJson = z.infer<typeof staffPaymentRow>;
export const staffPaymentPage = z
  .strictObject({ items: z.array(staffPaymentRow), next: z.string().optional() })
  .meta({ id: 'StaffPaymentPage' });
export type StaffPaymentPageJson = z.infer<typeof staffPaymentPage>;
export const staffPaymentQuery = z.strictObject({
  state: z
    .union([z.literal('held'), paymentState])
    .default('review')
    .describe('held: authorized, capturing or canceling'),
  after: idJson.optional().describe('`next` of the page before'),
});

export const reviewEnd = z.enum(['succeeded', 'failed', 'canceled']);
export type ReviewEndJson = z.infer<typeof reviewEnd>;

/** One payment with everything that hangs on it. */
export const staffPaymentJson = z
  .strictObject({
    ...rowFields,
    customerId: idJson,
    fee: moneyJson,
    captured: moneyJson.optional(),
    providerFee: moneyJson.optional(),
    providerRef: z.string().optional(),
    paidAt: instantJson.optional(),
    reason: z.string().optional(),
    late: z.boolean(),
    review: z
      .strictObject({
        takesTwo: z.boolean(),
        proposal: z.strictObject({ as: reviewEnd, by: person }).optional(),
      })
      .optional(),
    sums: z
      .strictObject({
        refunded: moneyJson,
        outstanding: moneyJson,
        disputed: moneyJson,
        left: moneyJson,
      })
      .optional(),
    alone: moneyJson.optional().describe('above this sum a refund takes a second person'),
    can: z.strictObject({ refund: z.boolean(), capture: z.boolean(), release: z.boolean() }),
    refunds: z.array(refundJson),
    disputes: z.array(
      z.strictObject({
        ref: z.string(),
        amount: moneyJson,
        state: z.enum(['open', 'won', 'lost']),
        reason: z.string(),
        openedAt: instantJson,
      }),
    ),
    journal: z.array(
      z.strictObject({
        at: instantJson,
        who: person.optional(),
        action: z.string(),
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'StaffPayment' });
export type StaffPaymentJson = z.infer<typeof staffPaymentJson>;

export const refundRequest = z
  .strictObject({ amount: moneyJson, reason: z.string().trim().min(3).max(200) })
  .meta({ id: 'RefundRequest' });
export const refundDecision = z
  .strictObject({ agrees: z.boolean() })
  .meta({ id: 'RefundDecision' });
export const reviewDecision = z.strictObject({ as: reviewEnd }).meta({ id: 'ReviewDecision' });
export const captureRequest = z.strictObject({ amount: moneyJson }).meta({ id: 'CaptureRequest' });
