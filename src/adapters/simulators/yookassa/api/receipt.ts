import { z } from 'zod';
import type { ShopTerms } from '../shop-terms.ts';
import { moneyShape } from './field-shapes.ts';
import { invalidRequest } from './yookassa-problem.ts';

const MOST_ITEMS = { yookassa: 80, 'third-party': 100 } as const;

const paymentModes = [
  ...['full_prepayment', 'partial_prepayment', 'advance', 'full_payment', 'partial_payment'],
  ...['credit', 'credit_payment'],
] as const;
/** In thousandths. */
const quantityShape = z
  .number()
  .positive()
  .max(99_999.999)
  .transform((quantity) => quantity * 1_000)
  .refine(
    (thousandths) => Math.abs(thousandths - Math.round(thousandths)) < 1e-4,
    'it has more than three decimals',
  )
  .transform((thousandths) => Math.round(thousandths));

// The law knows more fields than these; whether they are right is between the shop and the tax office.
const itemShape = z.looseObject({
  description: z.string().min(1).max(128),
  quantity: quantityShape,
  amount: moneyShape,
  vat_code: z.int().min(1).max(12),
  payment_subject: z.string().optional(),
  payment_mode: z.enum(paymentModes).optional(),
  measure: z.string().optional(),
});
const customerShape = z.looseObject({
  full_name: z.string().max(256).optional(),
  inn: z
    .string()
    .regex(/^\d{10}(\d{2})?$/)
    .optional(),
  email: z.email().optional(),
  phone: z
    .string()
    .regex(/^\d{7,15}$/)
    .optional(),
});
export const receiptShape = z.looseObject({
  customer: customerShape,
  items: z.array(itemShape).min(1).max(MOST_ITEMS['third-party']),
  tax_system_code: z.int().min(1).max(6).optional(),
  internet: z.boolean().optional(),
  timezone: z.int().min(1).max(11).optional(),
});
export type Receipt = z.output<typeof receiptShape>;

/** Refuses a receipt the cash register would not print, or one that is not about this sum. */
export function checkReceipt(
  receipt: Receipt | undefined,
  amountMinor: number,
  { cashRegister, needsReceipt, currency }: ShopTerms,
): void {
  if (receipt === undefined) {
    if (needsReceipt) throw invalidRequest('it is missing', 'receipt');
    return;
  }
  const { email, phone } = receipt.customer;
  if (email === undefined && (phone === undefined || cashRegister === 'yookassa')) {
    throw invalidRequest('it leads to nobody', 'receipt.customer');
  }
  if (receipt.items.length > MOST_ITEMS[cashRegister]) {
    throw invalidRequest('there are too many', 'receipt.items');
  }
  if (cashRegister === 'yookassa' && receipt.tax_system_code !== undefined) {
    throw invalidRequest('it is for registers of others', 'receipt.tax_system_code');
  }
  if (receipt.items.some(({ amount }) => amount.currency !== currency)) {
    throw invalidRequest(`the shop takes ${currency}`, 'receipt.items');
  }
  if (thousandthsOf(receipt) !== BigInt(amountMinor) * 1_000n) {
    throw invalidRequest('its items are not worth the amount', 'receipt');
  }
}

function thousandthsOf({ items }: Receipt): bigint {
  const worths = items.map(({ quantity, amount }) => BigInt(quantity) * BigInt(amount.value));
  return worths.reduce((sum, each) => sum + each, 0n);
}
