import { z } from 'zod';

/** Stripe's objects, as much of them as we read. Fields we do not know are left aside. */

const metadata = z.record(z.string(), z.string()).catch({});

export const chargeShape = z.object({
  amount: z.number(),
  amount_captured: z.number().optional(),
  amount_refunded: z.number(),
  captured: z.boolean().optional(),
  created: z.number().optional(),
  currency: z.string(),
});
export type StripeCharge = z.output<typeof chargeShape>;

export const intentShape = z.object({
  id: z.string(),
  status: z.string(),
  amount: z.number().optional(),
  amount_capturable: z.number().catch(0),
  amount_received: z.number().catch(0),
  currency: z.string(),
  livemode: z.boolean(),
  metadata,
  capture_method: z.string().optional().catch(undefined),
  cancellation_reason: z.string().nullish().catch(undefined),
  latest_charge: z.union([z.string(), chargeShape]).nullish().catch(undefined),
  last_payment_error: z
    .object({ code: z.string().optional(), decline_code: z.string().nullish() })
    .nullish()
    .catch(undefined),
});
export type StripeIntent = z.output<typeof intentShape>;

export const sessionShape = z.object({
  id: z.string(),
  url: z.string().nullish(),
  status: z.string().nullish(),
  payment_status: z.string(),
  amount_total: z.number().nullish(),
  currency: z.string().nullish(),
  client_reference_id: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish().catch(undefined),
  livemode: z.boolean(),
  created: z.number().optional(),
  expires_at: z.number(),
  payment_intent: z.union([z.string(), intentShape]).nullish().catch(undefined),
});
export type StripeSession = z.output<typeof sessionShape>;

export const refundShape = z.object({
  id: z.string(),
  status: z.string(),
  amount: z.number(),
  currency: z.string(),
  payment_intent: z.string().nullish(),
  metadata,
});
export type StripeRefund = z.output<typeof refundShape>;

export const disputeShape = z.object({
  id: z.string(),
  status: z.string(),
  amount: z.number(),
  currency: z.string(),
  reason: z.string().catch(''),
  payment_intent: z.string().nullish(),
});
export type StripeDispute = z.output<typeof disputeShape>;

export const eventShape = z.object({
  id: z.string().min(1).max(255),
  type: z.string(),
  created: z.number().int().optional(),
  livemode: z.boolean(),
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
});
export type StripeEvent = z.output<typeof eventShape>;
