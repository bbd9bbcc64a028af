import { z } from 'zod';
import type {
  CreateCommand,
  Created,
  Reading,
} from '../../../../../../../src/application/ports/payment-provider.ts';
import { isCurrency } from '../../../../../../../src/domain/currency.ts';
import { isEqual, isPositive, money, type Money } from '../../../../../../../src/domain/money.ts';
import type { Claim, ClaimedState } from '../../../../../../../src/domain/payment-claim.ts';
import { isoText, parseInstant } from '../../../../../../../src/domain/time.ts';
import { jsonOfBytes } from '../../../../../../../src/adapters/payment/json.ts';
import { shortened } from '../../../../../../../src/adapters/payment/shortened.ts';
import { isSignedBy } from './template-pay-signature.ts';

// Their unit of money, both ways: a whole number of the currency's smallest units.
const amountShape = z.number().int().nonnegative();
type Amount = z.output<typeof amountShape>;
const toAmount = (sum: Money): Amount => Number(sum.minor);
const fromAmount = (amount: Amount, currency: string): Money | undefined =>
  isCurrency(currency) ? money(BigInt(amount), currency) : undefined;

// Their words for how a payment stands, every one of them. A word that is not here is ignored, never guessed.
const states: Readonly<Record<string, ClaimedState>> = {
  new: 'open',
  paid: 'paid',
  declined: 'failed',
  expired: 'expired',
};

/** A payment as they tell it, in answers and in notifications alike. Only what is used is read. */
export const paymentShape = z.object({
  id: z.string().min(1).max(200),
  amount: amountShape,
  currency: z.string().max(10),
  state: z.string().max(40),
  payUrl: z.url({ protocol: /^https?$/ }).optional(),
  paidAt: z.string().optional(),
});
export type TemplatePayPayment = z.output<typeof paymentShape>;

const largestMinor = 100_000_000_00n;
const longestDescription = 200;

/** What we ask for; undefined when it cannot be charged there. The same command asks the same. */
export function paymentRequest(command: CreateCommand): object | undefined {
  const { amount, description, returnUrl, expiresAt } = command;
  if (amount.currency !== 'RUB') return undefined;
  if (!isPositive(amount) || amount.minor > largestMinor) return undefined;
  return {
    ...{ amount: toAmount(amount), currency: amount.currency, returnUrl },
    ...{ description: shortened(description, longestDescription), expiresAt: isoText(expiresAt) },
  };
}

/** Where the payer goes; undefined when they tell no page, or a payment of another sum. */
export function createdFrom(payment: TemplatePayPayment, asked: Money): Created | undefined {
  const { id: ref, payUrl: url } = payment;
  const amount = fromAmount(payment.amount, payment.currency);
  if (amount === undefined || !isEqual(amount, asked) || url === undefined) return undefined;
  return { ref, redirect: { kind: 'get', url } };
}

/** What a payment says of itself; undefined for a state nobody has heard of. */
export function claimFrom(payment: TemplatePayPayment, mode: Claim['mode']): Claim | undefined {
  const state = Object.hasOwn(states, payment.state) ? states[payment.state] : undefined;
  if (state === undefined) return undefined;
  return {
    ...{ state, ref: payment.id, amount: fromAmount(payment.amount, payment.currency), mode },
    reason: state === 'failed' ? 'declined' : undefined,
    paidAt: parseInstant(payment.paidAt ?? ''),
  };
}

/** Reads a notification; `signature` is the header it came with. Nothing in it counts before that is checked. */
export function readNotice(
  body: Uint8Array,
  signature: string | readonly string[] | undefined,
  { keys, mode }: { readonly keys: readonly string[]; readonly mode: Claim['mode'] },
): Reading {
  if (signature === undefined) return { tag: 'refused', why: 'unsigned' };
  if (!isSignedBy(body, signature, keys)) return { tag: 'refused', why: 'signature' };
  const payment = paymentShape.safeParse(jsonOfBytes(body)).data;
  if (payment === undefined) return { tag: 'refused', why: 'malformed' };
  const claim = claimFrom(payment, mode);
  if (claim === undefined) return { tag: 'ignored', why: 'a state nobody has heard of' };
  if (claim.state === 'open') return { tag: 'ignored', why: 'nothing is paid yet' };
  // The same fact told twice has the same key.
  const eventKey = `${payment.id}:${payment.state}`;
  return { tag: 'proof', eventKey, of: { by: 'id', id: payment.id }, claim };
}
