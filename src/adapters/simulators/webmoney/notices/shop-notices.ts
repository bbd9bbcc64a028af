import { randomUUID } from 'node:crypto';
import type { Notice, Notifier, ShopAnswer } from '../../notifier.ts';
import { decimalText } from '../decimal-amount.ts';
import type { PaymentDesk } from '../payment-desk.ts';
import type { PursePayment, Terms, Transfer } from '../purse-payment.ts';
import { writeForm } from '../text/form-text.ts';
import type { FormField } from '../text/form-text.ts';
import { forgedClaim } from './forgery.ts';
import type { Forgery } from './forgery.ts';
import { notificationFields, questionFields, trueClaim } from './notification.ts';
import type { Claim } from './notification.ts';

const headers = { 'content-type': 'application/x-www-form-urlencoded' };
/** What is claimed where nobody says which sum: 1.00 more than was asked for. */
const FORGED_EXTRA = 100;

/** How a true notification is written: both hashes, without the second one, or in lower case. */
export type HashManner = 'both' | 'no-hash2' | 'lower-case';

/** What the shop is asked and told at its Result URL. */
export class ShopNotices {
  readonly notifier: Notifier;
  readonly #desk: PaymentDesk;

  constructor(notifier: Notifier, desk: PaymentDesk) {
    this.notifier = notifier;
    this.#desk = desk;
  }

  /** The question whether the payment may go on; bare, it does not say which one. */
  question(payment: PursePayment, terms: Terms, isBare = false): Notice {
    const { purse } = this.#desk;
    const isEmpty = isBare || !purse.sendsParameters;
    const fields = isEmpty ? [] : questionFields(payment, terms, purse);
    return noticeOf(payment, 'prerequest', fields);
  }

  paid(payment: PursePayment, transfer: Transfer, manner: HashManner = 'both'): Notice {
    const { purse } = this.#desk;
    const claim = inManner(trueClaim(payment, transfer, purse), manner);
    return noticeOf(payment, 'payment', notificationFields(payment, transfer, claim, purse));
  }

  /** A try that failed, where the shop wants to hear of those; it proves nothing either. */
  failed(payment: PursePayment): Notice[] {
    const { purse } = this.#desk;
    if (!purse.tellsFailures) return [];
    const [, ...fields] = questionFields(payment, payment, purse);
    return [noticeOf(payment, 'failure', [['LMI_FAILREQUEST', '1'], ...fields])];
  }

  /** A bad notification that says the payment is paid. */
  forged(payment: PursePayment, forgery: Forgery, amountMinor: number | undefined): Notice {
    const { purse } = this.#desk;
    const transfer = this.#claimed(payment, forgery, amountMinor);
    const claim = forgedClaim(trueClaim(payment, transfer, purse), forgery, purse);
    return noticeOf(payment, 'payment', notificationFields(payment, transfer, claim, purse));
  }

  #claimed(payment: PursePayment, forgery: Forgery, amountMinor: number | undefined): Transfer {
    const { book } = this.#desk;
    const claimed: Transfer = payment.transfer ?? {
      number: book.nextNo(),
      at: this.#desk.now(),
      amountText: payment.amountText,
      amountMinor: payment.amountMinor,
      confirmedBy: 'SMS',
      refundedMinor: 0,
    };
    const extra = forgery === 'amount' ? claimed.amountMinor + FORGED_EXTRA : undefined;
    const other = amountMinor ?? extra;
    if (other === undefined) return claimed;
    return { ...claimed, amountMinor: other, amountText: decimalText(other) };
  }
}

/** Whether the shop lets the payment go on. */
export function isAgreed({ status, body }: ShopAnswer): boolean {
  return status === 200 && body.trim().startsWith('YES');
}

function inManner(claim: Claim, manner: HashManner): Claim {
  const { hash, hash2 } = claim;
  switch (manner) {
    case 'both':
      return claim;
    case 'no-hash2':
      return { ...claim, hash2: undefined };
    case 'lower-case':
      return { ...claim, hash: hash?.toLowerCase(), hash2: hash2?.toLowerCase() };
  }
}

function noticeOf(payment: PursePayment, kind: string, fields: readonly FormField[]): Notice {
  const body = writeForm(fields, payment.encoding);
  return {
    id: randomUUID(),
    paymentId: payment.paymentId,
    kind,
    url: payment.resultUrl,
    // Nothing is told twice: a shop that missed it has to ask.
    repeats: false,
    write: () => ({ headers, body }),
  };
}
