import { isHeld, sumOf } from './bank-payment.ts';
import type { BankPayment, Card, DeclineName, ToldStatus } from './bank-payment.ts';

/** Something that happened, as a notification tells it. */
export interface Fact {
  readonly status: ToldStatus;
  readonly amount: number;
  /** `0`: no error. */
  readonly errorCode: string;
  readonly card: Card | undefined;
}

const declines: Readonly<Record<DeclineName, Pick<Fact, 'status' | 'errorCode'>>> = {
  declined: { status: 'REJECTED', errorCode: '1001' },
  'insufficient-funds': { status: 'REJECTED', errorCode: '1051' },
  '3ds-failed': { status: 'AUTH_FAIL', errorCode: '101' },
  forbidden: { status: 'REJECTED', errorCode: '1057' },
};

/** The payer opens the page. */
export function showForm(payment: BankPayment): void {
  if (payment.status === 'NEW') payment.status = 'FORM_SHOWED';
}

/** The payer's bank agrees: the money is taken, or only held where the shop pays in two steps. */
export function pay(payment: BankPayment, card: Card | undefined): Fact[] {
  payment.card = card;
  payment.lastDecline = undefined;
  if (payment.twoSteps) {
    payment.status = 'AUTHORIZED';
    payment.held = payment.amount;
  } else {
    payment.status = 'CONFIRMED';
    payment.captured = payment.amount;
  }
  return [now(payment)];
}

/** Tells again that the money was taken or is held. */
export function retell(payment: BankPayment): Fact[] {
  const { captured, card } = payment;
  if (isHeld(payment)) return [now(payment)];
  return [{ status: 'CONFIRMED', amount: captured, errorCode: '0', card }];
}

/** The payer's bank refuses this try; after the last one the payment is over. */
export function decline(payment: BankPayment, reason: DeclineName, card?: Card): Fact[] {
  payment.card = card;
  payment.lastDecline = reason;
  payment.triesLeft -= 1;
  const tried: Fact = { ...now(payment), ...declines[reason] };
  payment.status = payment.triesLeft > 0 ? 'FORM_SHOWED' : 'ATTEMPTS_EXPIRED';
  if (payment.triesLeft > 0) return [tried];
  return [tried, { ...now(payment), errorCode: tried.errorCode }];
}

/** The payer is at the page of the own bank and nothing is decided. */
export function checkHolder(payment: BankPayment): Fact[] {
  payment.status = '3DS_CHECKING';
  return [];
}

/** Shop or payer gives an unpaid payment up. */
export function cancel(payment: BankPayment): Fact[] {
  payment.status = 'CANCELED';
  return [now(payment)];
}

/** The payer's time is over. */
export function expire(payment: BankPayment): Fact[] {
  payment.status = 'DEADLINE_EXPIRED';
  return [now(payment)];
}

/** Takes the held money, or a part of it; the rest is let go. */
export function confirm(payment: BankPayment, amount: number): Fact[] {
  payment.status = 'CONFIRMED';
  payment.captured = amount;
  payment.held = 0;
  return [now(payment)];
}

/** Lets held money go, or a part of it. */
export function reverse(payment: BankPayment, amount: number): Fact[] {
  payment.held -= amount;
  payment.status = payment.held > 0 ? 'PARTIAL_REVERSED' : 'REVERSED';
  return [now(payment)];
}

/** Pays taken money back, or a part of it. */
export function refund(payment: BankPayment, amount: number): Fact[] {
  payment.refunded += amount;
  payment.status = payment.refunded < payment.captured ? 'PARTIAL_REFUNDED' : 'REFUNDED';
  return [now(payment)];
}

/** How the payment stands, as a fact. */
function now(payment: BankPayment): Fact {
  const { status, card } = payment;
  return { status, amount: sumOf(payment), errorCode: '0', card };
}
