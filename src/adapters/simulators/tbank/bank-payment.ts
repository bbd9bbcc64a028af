export type Status =
  | 'NEW'
  | 'FORM_SHOWED'
  | '3DS_CHECKING'
  | 'AUTHORIZED'
  | 'CONFIRMED'
  | 'REVERSED'
  | 'PARTIAL_REVERSED'
  | 'REFUNDED'
  | 'PARTIAL_REFUNDED'
  | 'CANCELED'
  | 'DEADLINE_EXPIRED'
  | 'ATTEMPTS_EXPIRED';

/** What a notification may say of one try, though the payment goes on. */
export type ToldStatus = Status | 'REJECTED' | 'AUTH_FAIL';

/** A simulated card, with its number masked as the bank shows it. */
export interface Card {
  readonly id: number;
  readonly pan: string;
  readonly expDate: string;
}
export const card: Card = { id: 173_582_946, pan: '220138******0047', expDate: '1230' };

export type DeclineName = 'declined' | 'insufficient-funds' | '3ds-failed' | 'forbidden';

/** What the shop asks for with a payment. Sums in kopecks. */
export interface PaymentWish {
  readonly orderId: string;
  readonly amount: number;
  readonly description: string;
  readonly twoSteps: boolean;
  readonly language: 'ru' | 'en' | undefined;
  readonly notificationUrl: string | undefined;
  readonly successUrl: string | undefined;
  readonly failUrl: string | undefined;
  /** When the payer's time is over. */
  readonly dueAt: number;
  /** What the shop wants to get back with each notification. */
  readonly extra: Readonly<Record<string, string>> | undefined;
}

/** A payment as the bank remembers it. */
export interface BankPayment extends Omit<PaymentWish, 'amount'> {
  readonly id: string;
  /** The unguessable end of its page's address. */
  readonly pageId: string;
  readonly createdAt: number;
  status: Status;
  /** What was asked for, or what the payer truly paid. */
  amount: number;
  held: number;
  captured: number;
  refunded: number;
  triesLeft: number;
  hasQr: boolean;
  /** The card of the last try; none when it was paid by QR code. */
  card: Card | undefined;
  lastDecline: DeclineName | undefined;
}

/** Whether the payer can still decide. */
export function isOpen({ status }: BankPayment): boolean {
  return status === 'NEW' || status === 'FORM_SHOWED' || status === '3DS_CHECKING';
}

/** Whether held money is there to be taken or let go. */
export function isHeld({ status }: BankPayment): boolean {
  return status === 'AUTHORIZED' || status === 'PARTIAL_REVERSED';
}

/** Whether there is money left to be paid back. */
export function isRefundable({ status }: BankPayment): boolean {
  return status === 'CONFIRMED' || status === 'PARTIAL_REFUNDED';
}

/** What is left of the payment's money, or all of it where nothing is left: the bank never tells of a sum of nothing. */
export function sumOf(payment: BankPayment): number {
  const { status, amount, held, captured, refunded } = payment;
  switch (status) {
    case 'AUTHORIZED':
    case 'PARTIAL_REVERSED':
      return held;
    case 'CONFIRMED':
    case 'REFUNDED':
      return captured;
    case 'PARTIAL_REFUNDED':
      return captured - refunded;
    default:
      return amount;
  }
}
