import { z } from 'zod';
import { instantJson, moneyJson } from './money-json.ts';

/** The whole receipt, for its owner: what the page shows and the PDF prints. */
export const receiptJson = z
  .strictObject({
    number: z.string(),
    code: z.string().describe('short code for the public check, groups of four'),
    verifyUrl: z.url(),
    status: z.enum(['paid']),
    issuedAt: instantJson,
    paidAt: instantJson,
    payee: z.strictObject({
      name: z.string(),
      taxNumber: z.string(),
      address: z.string(),
      support: z.string(),
    }),
    payer: z.strictObject({ name: z.string(), contract: z.string() }),
    accountNumber: z.string(),
    purpose: z.strictObject({ ru: z.string(), en: z.string() }),
    amount: moneyJson,
    amountInWords: z.strictObject({ ru: z.string(), en: z.string() }),
    fee: moneyJson,
    total: moneyJson,
    method: z.strictObject({ ru: z.string(), en: z.string() }),
    provider: z.string(),
    providerPaymentId: z.string(),
    paymentId: z.string(),
    timeZone: z.string(),
  })
  .meta({ id: 'Receipt' });
export type ReceiptJson = z.infer<typeof receiptJson>;

/** What anyone with the code may see: nothing that is not printed, and the account masked. */
export const receiptCheck = z
  .strictObject({
    number: z.string(),
    issuedAt: instantJson,
    paidAt: instantJson,
    amount: moneyJson,
    payee: z.string(),
    account: z.string().describe('masked'),
    status: z.enum(['paid']),
  })
  .meta({ id: 'ReceiptCheck' });
export type ReceiptCheckJson = z.infer<typeof receiptCheck>;
