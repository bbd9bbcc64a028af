import { isIP } from 'node:net';
import { z } from 'zod';
import { isWithinLimits, methodTerms, methodTypes } from '../payments/method-terms.ts';
import type { MethodType } from '../payments/method-terms.ts';
import type { PaymentWish } from '../payments/payment.ts';
import type { PaymentMethod } from '../payments/payment-method.ts';
import type { ShopTerms } from '../shop-terms.ts';
import { inShopCurrency, metadataShape, moneyShape, parse, textOf } from './field-shapes.ts';
import { checkReceipt, receiptShape } from './receipt.ts';
import { forbidden, invalidRequest } from './yookassa-problem.ts';

const confirmationShape = z.strictObject({
  // The others need pages and devices that are not simulated.
  type: z.literal('redirect'),
  return_url: z.url({ protocol: /^https?$/ }).max(2_048),
  locale: z.enum(['ru_RU', 'en_US']).optional(),
  enforce: z.boolean().optional(),
});
const shape = z.strictObject({
  amount: moneyShape,
  capture: z.boolean().default(false),
  confirmation: confirmationShape.optional(),
  // A method by its name only: whoever sends cards here would have to be audited for it.
  payment_method_data: z.strictObject({ type: z.enum(methodTypes) }).optional(),
  payment_method_id: z.string().optional(),
  save_payment_method: z.boolean().default(false),
  description: textOf(128).optional(),
  metadata: metadataShape.default({}),
  merchant_customer_id: textOf(200).optional(),
  client_ip: z
    .string()
    .refine((text) => isIP(text) !== 0, 'it is no address')
    .optional(),
  receipt: receiptShape.optional(),
});
type Fields = z.output<typeof shape>;

/** A new payment, and the method to charge where the payer has left one. */
export interface NewPayment {
  readonly wish: PaymentWish;
  readonly savedMethod: PaymentMethod | undefined;
}

/** Reads the body of a new payment; throws a problem that names the bad field. */
export function readPaymentRequest(
  body: unknown,
  terms: ShopTerms,
  savedMethod: (id: string) => PaymentMethod | undefined,
): NewPayment {
  const fields = parse(shape, body);
  const amountMinor = inShopCurrency(fields.amount, terms);
  checkReceipt(fields.receipt, amountMinor, terms);
  const saved = savedMethodOf(fields, savedMethod);
  checkMethod(fields, saved?.type, terms);
  return { wish: wishOf(fields, amountMinor), savedMethod: saved };
}

function wishOf(fields: Fields, amountMinor: number): PaymentWish {
  const { confirmation, amount } = fields;
  const locales = { ru_RU: 'ru', en_US: 'en' } as const;
  return {
    amountMinor,
    currency: amount.currency,
    capture: fields.capture,
    returnUrl: confirmation?.return_url,
    locale: confirmation?.locale === undefined ? undefined : locales[confirmation.locale],
    enforces3ds: confirmation?.enforce === true,
    methodType: fields.payment_method_data?.type,
    saves: fields.save_payment_method,
    description: fields.description,
    metadata: fields.metadata,
    customerId: fields.merchant_customer_id,
    hasReceipt: fields.receipt !== undefined,
  };
}

function savedMethodOf(
  { payment_method_id: id, payment_method_data: named }: Fields,
  savedMethod: (id: string) => PaymentMethod | undefined,
): PaymentMethod | undefined {
  if (id === undefined) return undefined;
  const saved = savedMethod(id);
  if (saved !== undefined && named === undefined) return saved;
  const why = saved === undefined ? 'no payer has left it' : 'another method is named too';
  throw invalidRequest(why, 'payment_method_id');
}

function checkMethod(fields: Fields, savedType: MethodType | undefined, terms: ShopTerms): void {
  const type = savedType ?? fields.payment_method_data?.type;
  if (type !== undefined && !terms.methods.includes(type)) {
    throw forbidden(`${type} is not switched on for the shop`, 'payment_method_data.type');
  }
  const possible = type === undefined ? terms.methods : [type];
  const { value, currency } = fields.amount;
  const large = possible.filter((each) => isWithinLimits(each, value, currency));
  if (large.length === 0) throw invalidRequest('no method takes such a sum', 'amount.value');
  if (!fields.capture && !large.some((each) => methodTerms[each].holds)) {
    throw invalidRequest('no method holds such a sum', 'capture');
  }
}
