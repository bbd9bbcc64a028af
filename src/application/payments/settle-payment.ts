import type { PaymentId } from '../../domain/ids.ts';
import type { Claim } from '../../domain/payment-claim.ts';
import { settle, type Settlement } from '../../domain/payment-settlement.ts';
import type { Payment, SucceededPayment } from '../../domain/payment.ts';
import { issueReceipt, receiptCode } from '../../domain/receipt.ts';
import { dayIn, isoText, type Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  Applied,
  InboxEvent,
  PaymentStore,
  ReceiptPlace,
  SuccessPapers,
} from '../ports/payment-store.ts';
import type { Randomness } from '../ports/randomness.ts';

export type Decide = (payment: Payment, now: Instant) => Settlement;

/**
 * Brings what is known of a payment into the books of the portal: state, credit, receipt and the command to
 * accounting in one commit. Called for notifications, answers and questions alike; counts once.
 */
export const settlePayment =
  (payments: PaymentStore, randomness: Randomness, clock: Clock, timeZone: string) =>
  async (id: PaymentId, decide: Decide, event?: InboxEvent): Promise<Applied> => {
    const now = clock.now();
    const code = receiptCode(randomness.bytes(10));
    const year = Number(dayIn(timeZone, now).slice(0, 4));
    const papers = (paid: SucceededPayment, place: ReceiptPlace): SuccessPapers => ({
      receipt: issueReceipt(paid, { ...place, year }, code, now),
      message: {
        id: randomness.id(),
        topic: 'command',
        customerId: paid.customerId,
        body: JSON.stringify(recordPaymentCommand(paid)),
        createdAt: now,
      },
    });
    return payments.apply(id, event, (payment) => decide(payment, now), papers, year);
  };
export type SettlePayment = ReturnType<typeof settlePayment>;

/** Decides by a provider's proved claim. */
export const byClaim =
  (claim: Claim, mode: Claim['mode']): Decide =>
  (payment, now) =>
    settle(payment, claim, mode, now);

/** What accounting is told of a captured payment. */
export const recordPaymentCommand = (paid: SucceededPayment) => ({
  type: 'ledger.record-payment' as const,
  data: {
    paymentId: paid.id,
    accountId: paid.accountId,
    provider: paid.provider,
    method: paid.method,
    amount: { minor: paid.amount.minor.toString(), currency: paid.amount.currency },
    paidAt: isoText(paid.paidAt),
  },
});
