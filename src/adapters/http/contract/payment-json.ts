import { z } from 'zod';
import { idJson, instantJson, moneyJson } from './money-json.ts';

export const paymentState = z.enum([
  'created',
  'initiating',
  'pending',
  'authorized',
  'capturing',
  'canceling',
  'succeeded',
  'failed',
  'canceled',
  'expired',
  'review',
]);
export type PaymentStateJson = z.infer<typeof paymentState>;

/** One way to pay, as the payer sees it. Fees are shown before the choice. */
export const paymentMethodJson = z
  .strictObject({
    method: z.string(),
    title: z.strictObject({ ru: z.string(), en: z.string() }),
    marks: z.array(z.string()).describe('wordmarks to draw: visa, mastercard'),
    min: moneyJson,
    max: moneyJson,
    fee: moneyJson.describe('what the payer pays on top of the sum asked about; zero is no fee'),
    converted: moneyJson
      .optional()
      .describe('what the provider takes, where that is another currency; frozen with the payment'),
    available: z.boolean().describe('false: its provider does not answer at the moment'),
    canBeSaved: z.boolean().describe('whether the provider can remember it for the next time'),
    saved: z
      .array(z.strictObject({ id: idJson, title: z.string() }))
      .describe('remembered ones of this method: paid at once, without the provider’s page'),
    speed: z.enum(['at-once', 'days']),
  })
  .meta({ id: 'PaymentMethod' });
export type PaymentMethodJson = z.infer<typeof paymentMethodJson>;
export const paymentMethodList = z
  .strictObject({ items: z.array(paymentMethodJson) })
  .meta({ id: 'PaymentMethodList' });

export const paymentMethodQuery = z.strictObject({
  accountId: z.string().max(40),
  amount: z
    .string()
    .max(18)
    .regex(/^[1-9]\d*$/)
    .optional()
    .describe('smallest units of the account’s currency: fees are told for this sum'),
});

export const startPaymentRequest = z
  .strictObject({
    accountId: idJson,
    amount: moneyJson,
    method: z.string().min(1).max(40),
    saves: z.boolean().optional().describe('the payer agrees that the method is remembered'),
    savedMethod: idJson.optional().describe('charged to this remembered method at once'),
  })
  .meta({ id: 'StartPaymentRequest' });

export const redirectJson = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('get'), url: z.url() }),
    z.strictObject({
      kind: z.literal('form-post'),
      action: z.url(),
      fields: z.array(z.tuple([z.string(), z.string()])),
    }),
  ])
  .meta({ id: 'Redirect' });

/** A payment as its owner sees it. `redirect` is absent until the provider has answered. */
export const paymentJson = z
  .strictObject({
    id: idJson,
    accountId: idJson,
    accountNumber: z.string(),
    state: paymentState,
    late: z.boolean().describe('money came after the payment had been closed'),
    method: z.string(),
    provider: z.string(),
    amount: moneyJson.describe('what the account is credited'),
    fee: moneyJson.describe('what the payer pays on top'),
    charge: moneyJson.describe('what the provider takes, in its currency'),
    savedMethod: idJson.optional().describe('charged to this remembered method, without its payer'),
    canCancel: z.boolean().describe('whether it can be taken back now'),
    createdAt: instantJson,
    updatedAt: instantJson,
    paidAt: instantJson.optional(),
    expiresAt: instantJson.optional(),
    reason: z.string().optional().describe('why it failed: a word of the closed list'),
    redirect: redirectJson.optional(),
    receipt: z
      .strictObject({ number: z.string(), code: z.string(), url: z.string() })
      .optional()
      .describe('there once the payment succeeded'),
    operationId: idJson
      .optional()
      .describe('the posted operation, once it came back from the books'),
  })
  .meta({ id: 'Payment' });
export type PaymentJson = z.infer<typeof paymentJson>;

export const paymentList = z
  .strictObject({ items: z.array(paymentJson), next: z.string().optional() })
  .meta({ id: 'PaymentList' });
