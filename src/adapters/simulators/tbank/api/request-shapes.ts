import { z } from 'zod';

const signed = { TerminalKey: z.string().max(20), Token: z.string() };
const kopecks = z.int().min(1).max(999_999_999_999);
const webAddress = z.url({ protocol: /^https?$/ }).max(2_000);
const paymentId = z.union([z.string().regex(/^\d{1,20}$/), z.int().positive().transform(String)]);
const extraPairs = z
  .record(z.string().min(1).max(20), z.string().max(100))
  .refine((pairs) => Object.keys(pairs).length <= 20, 'has more than 20 pairs');

export const initShape = z.strictObject({
  ...signed,
  Amount: kopecks,
  OrderId: z.string().min(1).max(50),
  Description: z.string().max(140).optional(),
  PayType: z.enum(['O', 'T']).default('O'),
  Language: z.enum(['ru', 'en']).optional(),
  NotificationURL: webAddress.optional(),
  SuccessURL: webAddress.optional(),
  FailURL: webAddress.optional(),
  RedirectDueDate: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .optional(),
  DATA: extraPairs.optional(),
  /** What stands in a receipt is between the shop and the tax office. */
  Receipt: z.looseObject({}).optional(),
});
export type InitRequest = z.output<typeof initShape>;

export const paymentShape = z.strictObject({ ...signed, PaymentId: paymentId });

export const orderShape = z.strictObject({ ...signed, OrderId: z.string().min(1).max(50) });

export const confirmShape = z.strictObject({
  ...signed,
  PaymentId: paymentId,
  Amount: kopecks.optional(),
});
export type ConfirmRequest = z.output<typeof confirmShape>;

export const cancelShape = z.strictObject({
  ...signed,
  PaymentId: paymentId,
  Amount: kopecks.optional(),
  ExternalRequestId: z.string().min(1).max(255).optional(),
});
export type CancelRequest = z.output<typeof cancelShape>;

export const qrShape = z.strictObject({
  ...signed,
  PaymentId: paymentId,
  /** A picture is not drawn here. */
  DataType: z.enum(['PAYLOAD']).default('PAYLOAD'),
});

export const sbpTestShape = z.strictObject({
  ...signed,
  PaymentId: paymentId,
  IsDeadlineExpired: z.boolean().default(false),
  IsRejected: z.boolean().default(false),
});
export type SbpTestRequest = z.output<typeof sbpTestShape>;
