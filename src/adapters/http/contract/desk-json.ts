import { z } from 'zod';
import { idJson, instantJson, moneyJson } from './money-json.ts';

/** Proofs that fit no payment, or contradict one. */
export const oddNotificationList = z
  .strictObject({
    items: z.array(
      z.strictObject({
        provider: z.string(),
        eventKey: z.string(),
        paymentId: z.string().describe('what the provider named; not always a payment of ours'),
        why: z.string(),
        receivedAt: instantJson,
      }),
    ),
  })
  .meta({ id: 'OddNotificationList' });
export type OddNotificationListJson = z.infer<typeof oddNotificationList>;

const runFields = {
  id: idJson,
  provider: z.string(),
  day: z.iso.date(),
  source: z.enum(['list', 'registry', 'settlement']),
  batch: z.string().optional().describe('the provider’s number of a settlement'),
  ranAt: instantJson,
  lines: z.int(),
  matched: z.int(),
  open: z.int().describe('breaks nobody has explained'),
  healed: z.int().describe('breaks mended by asking the provider'),
};
const runRow = z.strictObject(runFields).meta({ id: 'ReconciliationRow' });
export type ReconciliationRowJson = z.infer<typeof runRow>;
export const reconciliationList = z
  .strictObject({ items: z.array(runRow) })
  .meta({ id: 'ReconciliationList' });

export const reconciliationJson = z
  .strictObject({
    ...runFields,
    breaks: z.array(
      z.strictObject({
        code: z.string(),
        state: z.enum(['open', 'healed']),
        paymentId: z.string().optional(),
        ref: z.string().optional(),
        ours: z.string(),
        theirs: z.string(),
      }),
    ),
  })
  .meta({ id: 'Reconciliation' });
export type ReconciliationJson = z.infer<typeof reconciliationJson>;

const texts = z.strictObject({ ru: z.string(), en: z.string() });

/** One configured way to pay, whether payers see it or not. */
export const staffMethodJson = z
  .strictObject({
    method: z.string(),
    title: texts,
    state: z
      .enum(['on', 'off', 'no-provider'])
      .describe('off: the company says why; no-provider: none that serves it is switched on'),
    why: texts.optional(),
    routes: z.array(
      z.strictObject({
        provider: z.string(),
        as: z.string().optional(),
        min: moneyJson,
        max: moneyJson,
        converts: z.boolean(),
        holds: z.boolean(),
        provides: z
          .enum(['answers', 'rests', 'off'])
          .describe('rests: it is down or asked us to wait; off: it is not switched on'),
      }),
    ),
  })
  .meta({ id: 'StaffMethod' });
export type StaffMethodJson = z.infer<typeof staffMethodJson>;
export const staffMethodList = z
  .strictObject({ items: z.array(staffMethodJson) })
  .meta({ id: 'StaffMethodList' });
