import { z } from 'zod';
import { refundableMinor } from '../payments/payment.ts';
import type { Payment } from '../payments/payment.ts';
import type { RefundWish } from '../refunds/refund.ts';
import { THREE_YEARS_MS } from '../shop-terms.ts';
import type { ShopTerms } from '../shop-terms.ts';
import { inShopCurrency, metadataShape, moneyShape, parse, textOf } from './field-shapes.ts';
import { checkReceipt, receiptShape } from './receipt.ts';
import { invalidRequest, notFound } from './yookassa-problem.ts';

const captureShape = z.strictObject({
  amount: moneyShape.optional(),
  receipt: receiptShape.optional(),
});
const nothingShape = z.strictObject({});
const refundShape = z.strictObject({
  payment_id: z.string(),
  amount: moneyShape,
  description: textOf(250).optional(),
  metadata: metadataShape.default({}),
  receipt: receiptShape.optional(),
});

/** Reads how much of a hold is to be taken: all of it unless said. */
export function readCaptureRequest(body: unknown, payment: Payment, terms: ShopTerms): number {
  const { amount, receipt } = parse(captureShape, body);
  mustBeHeld(payment, 'captured');
  const minor = amount === undefined ? payment.amountMinor : inShopCurrency(amount, terms);
  if (minor > payment.amountMinor) throw invalidRequest('so much is not held', 'amount');
  // Without one, the receipt that came with the payment is good.
  if (receipt !== undefined) checkReceipt(receipt, minor, terms);
  return minor;
}

/** Makes sure that a hold can be let go. */
export function checkCancelRequest(body: unknown, payment: Payment): void {
  parse(nothingShape, body);
  mustBeHeld(payment, 'canceled');
}

function mustBeHeld({ status }: Payment, verb: string): void {
  if (status === 'waiting_for_capture') return;
  throw invalidRequest(`a payment that is ${status} cannot be ${verb}`);
}

export interface NewRefund {
  readonly payment: Payment;
  readonly amountMinor: number;
  readonly wish: RefundWish;
}

/** Reads a refund of what is left of a payment; throws a problem when that is too much. */
export function readRefundRequest(
  body: unknown,
  find: (id: string) => Payment | undefined,
  terms: ShopTerms,
  now: number,
): NewRefund {
  const fields = parse(refundShape, body);
  const payment = find(fields.payment_id);
  if (payment === undefined) throw notFound('payment_id');
  if (payment.status !== 'succeeded') {
    throw invalidRequest(`a payment that is ${payment.status} cannot be refunded`, 'payment_id');
  }
  if (payment.createdAt <= now - THREE_YEARS_MS) {
    throw invalidRequest('the payment is older than three years', 'payment_id');
  }
  const amountMinor = inShopCurrency(fields.amount, terms);
  if (amountMinor > refundableMinor(payment)) throw invalidRequest('so much is not left', 'amount');
  checkReceipt(fields.receipt, amountMinor, terms);
  const { description, metadata, receipt } = fields;
  const wish = { description, metadata, hasReceipt: receipt !== undefined };
  return { payment, amountMinor, wish };
}
