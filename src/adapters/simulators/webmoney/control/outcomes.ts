import type { Order } from '../../control/order.ts';
import type { Notice } from '../../notifier.ts';
import { decimalText } from '../decimal-amount.ts';
import type { HashManner } from '../notices/shop-notices.ts';
import { decline, pay, refuse } from '../payment-moves.ts';
import type { DeskParts } from '../payment-moves.ts';
import type { PursePayment, Terms } from '../purse-payment.ts';

/** Every way to pay once, with how its notification is hashed. */
const waysToPay: Readonly<Record<string, HashManner>> = {
  pay: 'both',
  'no-hash2': 'no-hash2',
  'lower-case': 'lower-case',
  'added-field': 'both',
  'edited-field': 'both',
  'bare-prerequest': 'both',
};

/** What happens to the payment, told as notifications; undefined when it cannot happen any more. */
type Outcome = (
  payment: PursePayment,
  amountMinor: number | undefined,
  parts: DeskParts,
) => Notice[] | undefined;

const otherOutcomes: Readonly<Record<string, Outcome>> = {
  'pay-again': (payment, _amountMinor, parts) => payAgain(payment, parts),
  decline: whileOpen((payment, parts) => decline(payment, 'not-enough', parts)),
  cancel: whileOpen(refuse),
  expire: whileOpen((payment) => {
    payment.state = 'expired';
    return [];
  }),
  leave: () => [],
  refund: (payment, amountMinor, { desk }) => {
    const { transfer } = payment;
    if (transfer === undefined) return undefined;
    const left = transfer.amountMinor - transfer.refundedMinor;
    if (left === 0) return undefined;
    // The shop hears nothing of what its people do at WebMoney.
    return desk.refund(payment, amountMinor ?? left) === undefined ? undefined : [];
  },
};

export const outcomeWords: readonly string[] = [
  ...Object.keys(waysToPay),
  ...Object.keys(otherOutcomes),
];

export const isWayToPay = (outcome: string): boolean => waysToPay[outcome] !== undefined;

/** Does what was ordered; the shop was asked before. */
export function happen(
  payment: PursePayment,
  order: Order,
  parts: DeskParts,
): Notice[] | undefined {
  const { outcome, amountMinor } = order;
  const manner = waysToPay[outcome];
  if (manner === undefined) return otherOutcomes[outcome]?.(payment, amountMinor, parts);
  const terms = termsOf(payment, order);
  const { transfer } = payment;
  if (transfer !== undefined) {
    return amountMinor === undefined ? [parts.notices.paid(payment, transfer, manner)] : undefined;
  }
  const isPayable = payment.state === 'open' && parts.desk.isNumberFree(payment.number);
  if (!isPayable || terms === undefined) return undefined;
  return pay(payment, terms, parts, 'SMS', manner);
}

/** The form as this payer has changed it; undefined where the shop has signed it against that. */
export function termsOf(
  payment: PursePayment,
  { outcome, amountMinor }: Pick<Order, 'outcome' | 'amountMinor'>,
): Terms | undefined {
  const amount =
    amountMinor === undefined
      ? { amountText: payment.amountText, amountMinor: payment.amountMinor }
      : { amountText: decimalText(amountMinor), amountMinor };
  if (payment.isSigned && amountMinor !== undefined) return undefined;
  // The signature does not cover the shop's own fields.
  return { ...amount, ownFields: ownFieldsOf(payment, outcome) };
}

function ownFieldsOf({ ownFields }: PursePayment, outcome: string): Terms['ownFields'] {
  switch (outcome) {
    case 'added-field':
      return [...ownFields, ['ADDED_BY_PAYER', 'что угодно']];
    case 'edited-field':
      return ownFields.map(([name, value]) => [name, `${value}-of-somebody-else`]);
    default:
      return ownFields;
  }
}

/** The form was open in two windows, and the shop agreed to both before the first of them was paid. */
function payAgain(payment: PursePayment, parts: DeskParts): Notice[] | undefined {
  const { desk } = parts;
  if (payment.transfer === undefined || !desk.isNumberFree(payment.number)) return undefined;
  const second = desk.add(payment);
  return pay(second, second, parts);
}

function whileOpen(move: (payment: PursePayment, parts: DeskParts) => Notice[]): Outcome {
  return (payment, _amountMinor, parts) =>
    payment.state === 'open' ? move(payment, parts) : undefined;
}
