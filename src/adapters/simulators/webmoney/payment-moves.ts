import type { Notice, ShopAnswer } from '../notifier.ts';
import { isAgreed } from './notices/shop-notices.ts';
import type { HashManner, ShopNotices } from './notices/shop-notices.ts';
import type { PaymentDesk } from './payment-desk.ts';
import type { ConfirmedBy, PursePayment, Terms, Trouble } from './purse-payment.ts';

/** WebMoney's side of a payment: the desk where it lies, and the way to the shop. */
export interface DeskParts {
  readonly desk: PaymentDesk;
  readonly notices: ShopNotices;
}

/** Asks the shop before any money moves; what it says instead of yes is kept for the payer. */
export async function askShop(
  payment: PursePayment,
  question: Notice,
  { notices }: DeskParts,
): Promise<ShopAnswer> {
  const answer = await notices.notifier.ask(question);
  if (isAgreed(answer)) payment.trouble = undefined;
  else {
    const isSpoken = answer.status === 200 && answer.body.trim() !== '';
    payment.trouble = isSpoken
      ? { reason: 'shop-said-no', text: answer.body.trim() }
      : { reason: 'no-answer' };
  }
  return answer;
}

/** Moves the money and tells of it. Where the form of a test says that it fails, the payment stays open. */
export function pay(
  payment: PursePayment,
  terms: Terms,
  { desk, notices }: DeskParts,
  confirmedBy: ConfirmedBy = 'SMS',
  manner?: HashManner,
): Notice[] {
  const transfer = desk.transfer(payment, terms, confirmedBy);
  if (transfer === undefined) return notices.failed(payment);
  return [notices.paid(payment, transfer, manner)];
}

/** The payer's try fails; the page stays open for another one. */
export function decline(
  payment: PursePayment,
  reason: Exclude<Trouble['reason'], 'shop-said-no'>,
  { notices }: DeskParts,
): Notice[] {
  payment.trouble = { reason };
  return notices.failed(payment);
}

/** The payer will not pay. */
export function refuse(payment: PursePayment, { notices }: DeskParts): Notice[] {
  payment.state = 'refused';
  return notices.failed(payment);
}
