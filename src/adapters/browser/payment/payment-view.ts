import type { PaymentJson, PaymentStateJson } from '../../http/contract/payment-json.ts';
import { failureTextId } from './failure-text.ts';

/** What the result page says about a payment. All texts are catalogue ids. */
export interface PaymentView {
  readonly mark: 'waiting' | 'paid' | 'failed' | 'checking';
  readonly heading: string;
  /** Whether money was taken, as far as anybody knows. */
  readonly money: string;
  /** What happens next, or what to do. */
  readonly next: string;
  readonly why?: string;
  readonly canContinue: boolean;
  readonly canRetry: boolean;
}

const closed: ReadonlySet<PaymentStateJson> = new Set([
  'succeeded',
  'failed',
  'canceled',
  'expired',
]);

/** Nothing will change any more, except that a paid sum still comes back from the books. */
export function isSettled(payment: PaymentJson): boolean {
  return closed.has(payment.state);
}

/** The view of the server's state. It never says "failed" while the outcome is not known. */
export function paymentView(payment: PaymentJson): PaymentView {
  switch (payment.state) {
    case 'created':
    case 'initiating':
      // Without a payer the call itself takes the money: until it is answered nobody knows.
      return payment.savedMethod === undefined
        ? { ...openTexts.creating, mark: 'waiting', ...noButtons }
        : { ...openTexts.charging, mark: 'waiting', ...noButtons };
    case 'pending':
      return {
        mark: 'waiting',
        heading: 'payment.pending',
        money: 'payment.pending.money',
        next: payment.redirect === undefined ? 'payment.pending.next' : 'payment.pending.continue',
        canContinue: payment.redirect !== undefined,
        canRetry: false,
      };
    case 'authorized':
    case 'capturing':
      return { ...openTexts.held, mark: 'waiting', ...noButtons };
    case 'canceling':
      return { ...openTexts.canceling, mark: 'checking', ...noButtons };
    case 'review':
      return { ...openTexts.review, mark: 'checking', ...noButtons };
    case 'succeeded':
      return {
        mark: 'paid',
        heading: 'payment.succeeded',
        money: payment.late ? 'payment.succeeded.late' : 'payment.succeeded.money',
        next: payment.operationId === undefined ? 'payment.posting' : 'payment.posted',
        ...noButtons,
      };
    case 'failed':
      return { ...notPaid('payment.failed'), why: failureTextId(payment.reason) };
    case 'canceled':
      return notPaid('payment.canceled');
    case 'expired':
      return notPaid('payment.expired');
  }
}

const noButtons = { canContinue: false, canRetry: false };

const openTexts = {
  creating: {
    heading: 'payment.creating',
    money: 'payment.creating.money',
    next: 'payment.creating.next',
  },
  charging: {
    heading: 'payment.charging',
    money: 'payment.charging.money',
    next: 'payment.creating.next',
  },
  held: { heading: 'payment.held', money: 'payment.held.money', next: 'payment.held.next' },
  canceling: {
    heading: 'payment.canceling',
    money: 'payment.canceling.money',
    next: 'payment.canceling.next',
  },
  review: { heading: 'payment.review', money: 'payment.review.money', next: 'payment.review.next' },
} as const;

function notPaid(heading: 'payment.failed' | 'payment.canceled' | 'payment.expired'): PaymentView {
  return {
    mark: 'failed',
    heading,
    ...notPaidTexts[heading],
    canContinue: false,
    canRetry: true,
  };
}

const notPaidTexts = {
  'payment.failed': { money: 'payment.failed.money', next: 'payment.failed.next' },
  'payment.canceled': { money: 'payment.canceled.money', next: 'payment.canceled.next' },
  'payment.expired': { money: 'payment.expired.money', next: 'payment.expired.next' },
} as const;
