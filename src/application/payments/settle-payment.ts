import type { CustomerId, PaymentId } from '../../domain/ids.ts';
import { isEqual, type Money } from '../../domain/money.ts';
import type { Claim } from '../../domain/payment-claim.ts';
import { settle } from '../../domain/payment-settlement.ts';
import { credited, type Payment, type SucceededPayment } from '../../domain/payment.ts';
import { issueReceipt, issueRefundReceipt, receiptCode } from '../../domain/receipt.ts';
import type { Refund } from '../../domain/refund.ts';
import { dayIn, isoText, type Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import { longestProviderRef } from '../ports/inside-messages.ts';
import type { OutgoingMessage } from '../ports/outbox.ts';
import type {
  Applied,
  Children,
  Decision,
  InboxEvent,
  Papers,
  PaymentStore,
} from '../ports/payment-store.ts';
import type { Randomness } from '../ports/randomness.ts';

/** Decides by what is known under the payment's lock. */
export type Decide = (payment: Payment, now: Instant, children: Children) => Decision;

/**
 * Brings what is known of a payment into the books of the portal: state, credit, receipt and the command to
 * accounting in one commit. Called for notifications, answers and questions alike; counts once.
 */
export const settlePayment =
  (payments: PaymentStore, randomness: Randomness, clock: Clock, timeZone: string) =>
  async (id: PaymentId, decide: Decide, event?: InboxEvent): Promise<Applied> => {
    const now = clock.now();
    const newCode = () => receiptCode(randomness.bytes(10));
    const year = Number(dayIn(timeZone, now).slice(0, 4));
    const command = (customerId: CustomerId, body: object): OutgoingMessage => ({
      id: randomness.id(),
      topic: 'command',
      customerId,
      body: JSON.stringify(body),
      createdAt: now,
    });
    const papers: Papers = {
      success: (paid, place) => ({
        receipt: issueReceipt(paid, { ...place, year }, newCode(), now),
        message: command(paid.customerId, recordPaymentCommand(paid)),
      }),
      refund: (refund, payment, place) => ({
        receipt: issueRefundReceipt(refund, payment, { ...place, year }, newCode()),
        message: command(refund.customerId, recordRefundCommand(refund, 'debit', payment, now)),
      }),
      reversal: (refund, payment) =>
        command(refund.customerId, recordRefundCommand(refund, 'reversal', payment, now)),
    };
    const decideNow = (payment: Payment, children: Children) => decide(payment, now, children);
    return payments.apply(id, event, decideNow, papers, year);
  };
export type SettlePayment = ReturnType<typeof settlePayment>;

/** Decides by a provider's proved claim. */
export const byClaim =
  (claim: Claim, mode: Claim['mode']): Decide =>
  (payment, now) =>
    settle(payment, claim, mode, now);

const moneyMessage = (sum: Money) => ({ minor: sum.minor.toString(), currency: sum.currency });

/** What accounting is told of a captured payment: what the account is credited, what was taken, what was kept. */
export const recordPaymentCommand = (paid: SucceededPayment) => ({
  type: 'ledger.record-payment' as const,
  data: {
    paymentId: paid.id,
    accountId: paid.accountId,
    provider: paid.provider,
    ...(isTellable(paid.providerRef) && { providerRef: paid.providerRef }),
    method: paid.method,
    amount: moneyMessage(credited(paid)),
    // What was taken is told where it is not what is credited: a fee of ours, a quote, a part of a hold.
    ...(!isEqual(paid.captured, credited(paid)) && { captured: moneyMessage(paid.captured) }),
    ...(paid.providerFee !== undefined && { providerFee: moneyMessage(paid.providerFee) }),
    paidAt: isoText(paid.paidAt),
  },
});

const isTellable = (ref: string | undefined): boolean =>
  ref !== undefined && ref !== '' && ref.length <= longestProviderRef;

/** What accounting is told of money paid back, or of a refund that came back. */
export const recordRefundCommand = (
  refund: Refund,
  kind: 'debit' | 'reversal',
  payment: SucceededPayment,
  now: Instant,
) => ({
  type: 'ledger.record-refund' as const,
  data: {
    refundId: refund.id,
    paymentId: payment.id,
    accountId: payment.accountId,
    provider: payment.provider,
    kind,
    amount: moneyMessage(refund.debit),
    returned: moneyMessage(refund.amount),
    at: isoText(now),
  },
});
