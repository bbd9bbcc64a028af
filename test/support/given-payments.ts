import type { InboxEvent, Papers } from '../../src/application/ports/payment-store.ts';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { PaymentId, RefundId } from '../../src/domain/ids.ts';
import type { Refund } from '../../src/domain/refund.ts';
import { money } from '../../src/domain/money.ts';
import type { Claim } from '../../src/domain/payment-claim.ts';
import { newPayment, type CreatedPayment } from '../../src/domain/payment.ts';
import { issueReceipt, issueRefundReceipt, receiptCode } from '../../src/domain/receipt.ts';
import type { Instant } from '../../src/domain/time.ts';
import { freshId, givenMessage, noon } from './given.ts';

/** A wish to pay 500 roubles by card. */
export const givenPayment = (
  account: Account,
  now: Instant = noon,
  facts: Partial<CreatedPayment> = {},
): CreatedPayment => ({
  ...newPayment(
    {
      id: freshId<PaymentId>(),
      customerId: account.customerId,
      accountId: account.id,
      accountNumber: account.number,
      amount: money(50_000n, 'RUB'),
      method: 'card',
      provider: 'alpha',
    },
    now,
  ),
  ...facts,
});

/** A provider's word that the payment was paid in full. */
export const givenClaim = (facts: Partial<Claim> = {}): Claim => ({
  state: 'paid',
  ref: 'ref-1',
  amount: money(50_000n, 'RUB'),
  mode: 'live',
  reason: undefined,
  paidAt: noon,
  ...facts,
});

/** A notification as it is remembered. */
export const givenEvent = (eventKey: string, facts: Partial<InboxEvent> = {}): InboxEvent => ({
  provider: 'alpha',
  eventKey,
  bodyHash: `hash of ${eventKey}`,
  receivedAt: noon,
  ...facts,
});

let lastCode = 0;
const newCode = (): string => {
  lastCode += 1;
  return receiptCode(Uint8Array.from({ length: 10 }, (_, n) => (lastCode >> (8 * n)) & 255));
};
/** Receipt and message of a success and of a refund. */
export const papersFor = (year = 2026): Papers => ({
  success: (paid, place) => ({
    receipt: issueReceipt(paid, { ...place, year }, newCode(), noon),
    message: givenMessage({ customerId: paid.customerId, body: paid.id }),
  }),
  refund: (refund, payment, place) => ({
    receipt: issueRefundReceipt(refund, payment, { ...place, year }, newCode()),
    message: givenMessage({ customerId: refund.customerId, body: `debit ${refund.id}` }),
  }),
  reversal: (refund) =>
    givenMessage({ customerId: refund.customerId, body: `reversal ${refund.id}` }),
});

export const receiptNumber = (customer: Customer, serial: number, year = 2026): string =>
  `R-${String(year)}-${customer.contract}-${String(serial).padStart(4, '0')}`;

/** A part of a payment that was paid back: 100 roubles. */
export const givenRefund = (
  { id, customerId }: Pick<CreatedPayment, 'id' | 'customerId'>,
  facts: Partial<Refund> = {},
): Refund => ({
  id: freshId<RefundId>(),
  paymentId: id,
  customerId,
  provider: 'alpha',
  amount: money(10_000n, 'RUB'),
  debit: money(10_000n, 'RUB'),
  state: 'succeeded',
  origin: 'staff',
  reason: 'двойная оплата',
  requestedBy: undefined,
  approvedBy: undefined,
  providerRef: 're-1',
  createdAt: noon,
  updatedAt: noon,
  attempts: 1,
  ...facts,
});
