import { z } from 'zod';
import { logoJson } from './logo-json.ts';
import { idJson, instantJson, moneyJson } from './money-json.ts';

const kind = z.enum(['payment', 'refund']);
const status = z
  .enum(['paid', 'partly-refunded', 'refunded', 'paid-back', 'came-back'])
  .describe('how it stands today; `came-back`: a refund that did not reach its owner');

const qrJson = z.strictObject({
  size: z.int().describe('squares wide and high'),
  path: z.string().describe('SVG path data'),
});
const fiscalLines = z.array(z.strictObject({ label: z.string(), value: z.string() }));

/** The whole receipt, for its owner: what the page shows and the PDF prints. */
export const receiptJson = z
  .strictObject({
    kind,
    number: z.string(),
    code: z.string().describe('short code for the public check, groups of four'),
    verifyUrl: z.url(),
    qr: qrJson.describe('QR code of the link with its signature'),
    status,
    issuedAt: instantJson,
    paidAt: instantJson,
    payee: z.strictObject({
      name: z.string(),
      taxNumber: z.string(),
      address: z.string(),
      support: z.string(),
      logo: logoJson,
    }),
    payer: z.strictObject({ name: z.string(), contract: z.string() }),
    accountNumber: z.string(),
    purpose: z.strictObject({ ru: z.string(), en: z.string() }),
    amount: moneyJson,
    amountInWords: z.strictObject({ ru: z.string(), en: z.string() }),
    fee: moneyJson.optional().describe('absent on the receipt of a refund'),
    total: moneyJson,
    fiscal: z
      .strictObject({
        lines: z.strictObject({ ru: fiscalLines, en: fiscalLines }),
        qr: qrJson,
      })
      .optional()
      .describe('the fiscal receipt of the same money, once a cash register has made it'),
    refunds: z.array(
      z.strictObject({ refundId: idJson, number: z.string(), at: instantJson, amount: moneyJson }),
    ),
    method: z.strictObject({ ru: z.string(), en: z.string() }),
    instrument: z
      .strictObject({
        label: z.string().describe('masked'),
        rrn: z.string().optional(),
        authCode: z.string().optional(),
      })
      .optional()
      .describe('what was paid with, where the provider tells'),
    provider: z.string(),
    providerPaymentId: z.string(),
    paymentId: z.string(),
    timeZone: z.string(),
    note: z
      .strictObject({ ru: z.string().optional(), en: z.string().optional() })
      .optional()
      .describe('what the company says of its own at the end'),
  })
  .meta({ id: 'Receipt' });
export type ReceiptJson = z.infer<typeof receiptJson>;

export const receiptPdfQuery = z.strictObject({
  locale: z.string().max(10).optional().describe('`ru` or `en`; the customer’s own if absent'),
  paper: z.enum(['a4', 'roll']).default('a4').describe('`roll`: a till’s roll of 80 mm'),
});

const checkedMembers = {
  kind,
  status,
  number: z.string(),
  issuedAt: instantJson,
  paidAt: instantJson,
  amount: moneyJson,
  total: moneyJson,
  payee: z.string(),
  account: z.string().describe('masked'),
  refunds: z.array(z.strictObject({ at: instantJson, amount: moneyJson })),
  timeZone: z.string().describe('times on the paper are in it'),
};

export const receiptCheckQuery = z.strictObject({
  seal: z.string().max(200).optional().describe('key and signature, as in the printed QR code'),
});

/** What anyone with the code may see: nothing that is not printed, and the account masked. */
export const receiptCheck = z
  .strictObject({
    ...checkedMembers,
    seal: z
      .enum(['valid', 'altered', 'absent'])
      .describe('what the signature of the QR code is worth; `absent`: none was brought'),
  })
  .meta({ id: 'ReceiptCheck' });
export type ReceiptCheckJson = z.infer<typeof receiptCheck>;

const keyJson = z.strictObject({
  kid: z.string(),
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
});

/** The signed JSON of a receipt, as it is attached to the PDF. Ed25519 over the content by RFC 8785. */
export const receiptDocument = z
  .strictObject({
    content: z.record(z.string(), z.unknown()),
    key: keyJson,
    keys: z.string().max(400),
    signature: z.string().max(100),
  })
  .meta({ id: 'ReceiptDocument' });

export const receiptDocumentCheck = z
  .discriminatedUnion('verdict', [
    z.strictObject({
      verdict: z.literal('valid'),
      receipt: z.strictObject(checkedMembers),
    }),
    z.strictObject({
      verdict: z.literal('altered'),
      changed: z.array(z.string()).describe('members that differ from what was signed'),
    }),
    z.strictObject({ verdict: z.literal('unknown') }),
  ])
  .meta({ id: 'ReceiptDocumentCheck' });
export type ReceiptDocumentCheckJson = z.infer<typeof receiptDocumentCheck>;

/** A JSON Web Key Set (RFC 7517). */
export const receiptKeySet = z
  .strictObject({ keys: z.array(keyJson) })
  .meta({ id: 'ReceiptKeySet' });
