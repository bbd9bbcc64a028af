import type { Controlled } from '../../../../../../../src/adapters/simulators/control/controlled.ts';
import type { Faults } from '../../../../../../../src/adapters/simulators/faults.ts';
import type { Notifier } from '../../../../../../../src/adapters/simulators/notifier.ts';
import type { Timers } from '../../../../../../../src/adapters/simulators/timers.ts';
import { forgeries, noticeOf } from './notices.ts';
import type { Payment, Payments } from './payments.ts';

/** What payer, bank and forger can do to a payment. */
export const control = (
  payments: Payments,
  secretKey: string,
  urlOf: (payment: Payment) => string,
  shared: { readonly faults: Faults; readonly notifier: Notifier; readonly timers: Timers },
): Controlled => ({
  ...{ code: 'template-pay', title: 'Template Pay', outcomes: ['pay', 'decline'], forgeries },
  ...shared,
  payments: () =>
    payments.all().map((payment) => ({
      ...{ paymentId: payment.id, ref: payment.id, url: urlOf(payment) },
      ...{ title: payment.description, state: payment.standing, currency: payment.currency },
      ...{ amountMinor: String(payment.minor), refundedMinor: '0' },
      createdAt: new Date(payment.createdAt).toISOString(),
    })),
  // The shop's key is taken once, so it is never more than one.
  made: (id) => (payments.find(id) === undefined ? 0 : 1),
  act: (id, { outcome, forge, amountMinor }) => {
    const payment = payments.find(id);
    if (payment === undefined) return undefined;
    const forgery = forgeries.find((each) => each === forge);
    if (forgery !== undefined) {
      const minor = amountMinor ?? payment.minor + (forgery === 'amount' ? 100 : 0);
      const currency = forgery === 'currency' ? 'USD' : payment.currency;
      return [noticeOf({ ...payment, minor, currency, standing: 'paid' }, secretKey, forgery)];
    }
    const isDone = payments.end(payment, outcome === 'pay' ? 'paid' : 'failed', amountMinor);
    return isDone ? [noticeOf(payment, secretKey)] : 'impossible';
  },
});
