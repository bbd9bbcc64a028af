import { z } from 'zod';
import type { CreateCommand, Created } from '../../../application/ports/payment-provider.ts';
import type { Claim, ClaimedState } from '../../../domain/payment-claim.ts';
import type { RefundClaim } from '../../../domain/refund-settlement.ts';
import { money, type Money } from '../../../domain/money.ts';
import { hour, type Instant } from '../../../domain/time.ts';
import { declineReason } from './tbank-trouble.ts';
import type { Fields } from './tbank-token.ts';

const longestDescription = 140;

/** The bank takes roubles, in kopecks; undefined for what cannot be taken there. */
export function toKopecks({ minor, currency }: Money): number | undefined {
  if (currency !== 'RUB' || minor <= 0n || minor > BigInt(Number.MAX_SAFE_INTEGER)) {
    return undefined;
  }
  return Number(minor);
}

export const fromKopecks = (kopecks: number | undefined): Money | undefined =>
  kopecks === undefined ? undefined : money(BigInt(kopecks), 'RUB');

/** What we ask the bank to start; undefined when the sum cannot be taken. The same command asks the same. */
export function initRequest(command: CreateCommand, notifyUrl: string | undefined) {
  const kopecks = toKopecks(command.amount);
  if (kopecks === undefined) return undefined;
  return {
    Amount: kopecks,
    OrderId: command.paymentId as string,
    Description: shortened(command.description),
    PayType: command.holds === true ? 'T' : 'O',
    ...(notifyUrl !== undefined && { NotificationURL: notifyUrl }),
    SuccessURL: command.returnUrl,
    FailURL: command.returnUrl,
    RedirectDueDate: moscowText(command.expiresAt),
  } satisfies Fields;
}

/** Cuts between characters, not within one; an emoji counts as two of the 140. */
function shortened(description: string): string {
  let text = '';
  for (const character of description.toWellFormed()) {
    if (text.length + character.length > longestDescription) break;
    text += character;
  }
  return text;
}

/** The bank's own time, to the second. */
const moscowText = (at: Instant): string =>
  `${new Date(at + 3 * hour).toISOString().slice(0, 19)}+03:00`;

const kopecks = z.int().nonnegative();
const word = z.string().max(40);
/** The bank's number of a payment: a JSON number or a text of digits. */
export const paymentNumber = z.union([
  z.string().regex(/^\d{1,20}$/),
  z.int().positive().transform(String),
]);

const attemptShape = z.object({
  PaymentId: paymentNumber,
  Status: word,
  Amount: kopecks.optional(),
  ErrorCode: word.optional().catch(undefined),
});
/** One payment as the bank answers it. */
export type TbankPayment = z.output<typeof attemptShape>;

export const answerShape = z.object({
  Success: z.boolean(),
  ErrorCode: word,
  TerminalKey: z.string().optional(),
  OrderId: z.string().optional(),
  Status: word.optional(),
  PaymentId: paymentNumber.optional(),
  Amount: kopecks.optional(),
  PaymentURL: z.string().optional(),
  OriginalAmount: kopecks.optional(),
  NewAmount: kopecks.optional(),
  Payments: z.array(attemptShape).optional(),
});
export type TbankAnswer = z.output<typeof answerShape>;

/** Where the payer goes; undefined when the answer is about another payment, or names no page. */
export function createdFrom(answer: TbankAnswer, command: CreateCommand): Created | undefined {
  const { OrderId, Amount, PaymentId: ref, PaymentURL: url } = answer;
  if (OrderId !== undefined && OrderId !== command.paymentId) return undefined;
  if (Amount !== undefined && Amount !== toKopecks(command.amount)) return undefined;
  if (ref === undefined || url === undefined || !isWebAddress(url)) return undefined;
  return { ref, redirect: { kind: 'get', url }, expiresAt: command.expiresAt };
}

const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** The payment an answer to GetState, Confirm or Cancel is about. */
export const paymentIn = (answer: TbankAnswer): TbankPayment | undefined =>
  attemptShape.safeParse({ ...answer, ErrorCode: undefined }).data;

const states: Readonly<Record<string, ClaimedState>> = {
  AUTHORIZED: 'held',
  PARTIAL_REVERSED: 'held',
  CONFIRMED: 'paid',
  PARTIAL_REFUNDED: 'paid',
  REFUNDED: 'paid',
  REVERSED: 'canceled',
  CANCELED: 'canceled',
  REJECTED: 'failed',
  AUTH_FAIL: 'failed',
  ATTEMPTS_EXPIRED: 'failed',
  DEADLINE_EXPIRED: 'expired',
};

/** What a payment at the bank says of ours. A status nobody has heard of says nothing: the payment is open. */
export function claimFrom(payment: TbankPayment, mode: Claim['mode']): Claim {
  const { Status: status, PaymentId: ref, ErrorCode: code } = payment;
  const state = (Object.hasOwn(states, status) ? states[status] : undefined) ?? 'open';
  const told = fromKopecks(payment.Amount);
  return {
    state,
    ref,
    // Of a payment paid back in part nobody tells whether the sum is what was taken, is left or went back.
    amount: status === 'PARTIAL_REFUNDED' ? undefined : told,
    mode,
    reason: state === 'failed' ? declineReason(code) : undefined,
    paidAt: undefined,
    refundedTotal: status === 'REFUNDED' ? told : undefined,
  };
}

/** The payment of an order that tells most: of several, the one with money in it. */
export function foremost(
  payments: readonly TbankPayment[],
  ref: string | undefined,
): TbankPayment | undefined {
  const stateOf = ({ Status }: TbankPayment) =>
    Object.hasOwn(states, Status) ? states[Status] : undefined;
  return (
    payments.find((each) => stateOf(each) === 'paid') ??
    payments.find((each) => stateOf(each) === 'held') ??
    payments.find(({ PaymentId }) => PaymentId === ref) ??
    payments.at(-1)
  );
}

/** What went back by one call; the bank has no name of its own for it. */
export function refundedBy({ OriginalAmount, NewAmount }: TbankAnswer): RefundClaim {
  const back =
    OriginalAmount === undefined || NewAmount === undefined
      ? undefined
      : OriginalAmount - NewAmount;
  const amount = back !== undefined && back > 0 ? fromKopecks(back) : undefined;
  return { state: 'succeeded', ref: undefined, amount };
}
