import { declines, declineWords } from '../payments/declines.ts';
import type { DeclineWord } from '../payments/declines.ts';
import type { Fact } from '../notices/fact.ts';
import { openWays, waysToPay } from '../payer/payer-choices.ts';
import { refundableMinor } from '../payments/payment.ts';
import type { Cancellation, Payment } from '../payments/payment.ts';
import { cancel, capture, expire, isPaid, pay } from '../payments/payment-moves.ts';
import type { PaymentMethod } from '../payments/payment-method.ts';
import type { Payments } from '../payments/payments.ts';
import type { Refunds } from '../refunds/refunds.ts';

export interface Around {
  readonly payments: Payments;
  readonly refunds: Refunds;
}

/** What happens to the payment, told as facts; undefined when it cannot happen any more. */
type Outcome = (
  payment: Payment,
  amountMinor: number | undefined,
  around: Around,
) => Fact[] | undefined;

/** A payer who goes away, to the shop or anywhere, leaves the payment as it is. */
const nothing: Outcome = () => [];

export const outcomes: Readonly<Record<string, Outcome>> = {
  pay: payOrRetell,
  stale: (payment, amountMinor, around) => {
    const { object } = around.payments.fact(asItBegan(payment));
    return payOrRetell(payment, amountMinor, around)?.map((fact) => ({ ...fact, object }));
  },
  ...(Object.fromEntries(declineWords.map((word) => [word, canceled(declines[word])])) as Record<
    DeclineWord,
    Outcome
  >),
  'unheard-of-decline': canceled({ party: 'payment_network', reason: 'unheard_of' }),
  cancel: nothing,
  leave: nothing,
  expire: (payment, _amountMinor, { payments }) => {
    if (payment.status !== 'pending' && payment.status !== 'waiting_for_capture') return undefined;
    expire(payment);
    return [payments.fact(payment)];
  },
  capture: whileHeld((payment, amountMinor, { payments }) => {
    const amount = amountMinor ?? payment.amountMinor;
    if (amount > payment.amountMinor) return undefined;
    capture(payment, amount, payments.now());
    return [payments.fact(payment)];
  }),
  release: whileHeld((payment, _amountMinor, { payments }) => {
    cancel(payment, { party: 'merchant', reason: 'canceled_by_merchant' });
    return [payments.fact(payment)];
  }),
  refund: (payment, amountMinor, { refunds }) => {
    const left = refundableMinor(payment);
    const amount = amountMinor ?? left;
    if (left === 0 || amount > left) return undefined;
    const wish = { description: undefined, metadata: {}, hasReceipt: false };
    return refunds.facts(refunds.make(payment, amount, wish));
  },
  'refund-waits': (payment, _amountMinor, { refunds }) => {
    refunds.holdBack(payment);
    return [];
  },
  'refund-succeeds': (payment, _amountMinor, { refunds }) => refunds.settleLast(payment),
  'refund-fails': refundCanceled({ party: 'yoo_money', reason: 'insufficient_funds' }),
  'refund-rejected': refundCanceled({ party: 'refund_network', reason: 'rejected_by_payee' }),
  revoke: withSaved((method) => (method.isRevoked = true)),
  'run-dry': withSaved((method) => (method.isDry = true)),
  'top-up': withSaved((method) => (method.isDry = false)),
};

function payOrRetell(
  payment: Payment,
  amountMinor: number | undefined,
  { payments }: Around,
): Fact[] | undefined {
  if (isPaid(payment)) return amountMinor === undefined ? [payments.fact(payment)] : undefined;
  if (payment.status !== 'pending') return undefined;
  payment.amountMinor = amountMinor ?? payment.amountMinor;
  const { type, has3ds } = waysToPay[openWays(payment, payments.terms)[0] ?? 'card-3ds'];
  pay(payment, type, payments.now(), has3ds);
  return [payments.fact(payment)];
}

/** The payment as a snapshot from before its payer did anything shows it. */
function asItBegan(payment: Payment): Payment {
  const { amountMinor } = payment.wish;
  const unused = { method: undefined, capturedAt: undefined, expiresAt: undefined };
  return { ...payment, ...unused, amountMinor, status: 'pending' };
}

function canceled(cancellation: Cancellation): Outcome {
  return (payment, _amountMinor, { payments }) => {
    if (payment.status !== 'pending') return undefined;
    cancel(payment, cancellation);
    return [payments.fact(payment)];
  };
}

function whileHeld(move: Outcome): Outcome {
  return (payment, amountMinor, around) =>
    payment.status === 'waiting_for_capture' ? move(payment, amountMinor, around) : undefined;
}

function refundCanceled(cancellation: Cancellation): Outcome {
  return (payment, _amountMinor, { refunds }) => refunds.failLast(payment, cancellation);
}

/** Something befalls the method the payer has left with the shop; the shop finds out when it charges it. */
function withSaved(change: (method: PaymentMethod) => unknown): Outcome {
  return ({ method }) => {
    if (method?.saved !== true) return undefined;
    change(method);
    return [];
  };
}
