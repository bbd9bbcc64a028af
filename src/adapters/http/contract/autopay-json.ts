import { z } from 'zod';
import { idJson, instantJson, moneyJson } from './money-json.ts';

/** A way to pay that a payment system remembers; the portal itself knows no card and no wallet. */
export const savedMethodJson = z
  .strictObject({
    id: idJson,
    method: z.string(),
    title: z.string().describe('words to tell it by'),
    createdAt: instantJson,
  })
  .meta({ id: 'SavedMethod' });
export type SavedMethodJson = z.infer<typeof savedMethodJson>;
export const savedMethodList = z
  .strictObject({ items: z.array(savedMethodJson) })
  .meta({ id: 'SavedMethodList' });

const dayOfMonth = z.number().int().min(1).max(28);

/** Auto-pay of one account. `announced`: the sum the next charge will take, once it is told. */
export const autoPayJson = z
  .strictObject({
    accountId: idJson,
    savedMethod: idJson,
    limit: moneyJson.describe('the most one charge may take, its fee included'),
    dayOfMonth,
    stage: z.enum(['waiting', 'announced', 'charging']),
    chargeAt: instantJson,
    announced: moneyJson.optional(),
    last: z
      .strictObject({
        end: z.enum(['paid', 'nothing-due', 'over-limit', 'declined']),
        at: instantJson,
        amount: moneyJson.optional(),
        paymentId: idJson.optional(),
      })
      .optional()
      .describe('how the last round ended'),
  })
  .meta({ id: 'AutoPay' });
export type AutoPayJson = z.infer<typeof autoPayJson>;
export const autoPayList = z
  .strictObject({ items: z.array(autoPayJson) })
  .meta({ id: 'AutoPayList' });

export const consentQuery = z.strictObject({
  accountId: idJson,
  savedMethod: idJson,
  limit: z
    .string()
    .max(18)
    .regex(/^[1-9]\d*$/)
    .describe('smallest units of the account’s currency'),
  dayOfMonth: z.coerce.number().int().min(1).max(28),
  locale: z.enum(['ru', 'en']),
});
export const consentJson = z
  .strictObject({ words: z.string().describe('what is agreed to, word by word') })
  .meta({ id: 'AutoPayConsent' });
export type ConsentJson = z.infer<typeof consentJson>;

export const autoPayRequest = z
  .strictObject({
    accountId: idJson,
    savedMethod: idJson,
    limit: moneyJson,
    dayOfMonth,
    words: z.string().max(2_000).describe('the words that were shown and agreed to'),
  })
  .meta({ id: 'AutoPayRequest' });
export type AutoPayRequestJson = z.infer<typeof autoPayRequest>;
