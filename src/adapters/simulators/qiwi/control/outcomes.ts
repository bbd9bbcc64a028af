import { LARGEST_MINOR } from '../bill-amount.ts';
import type { Bill } from '../bill.ts';
import { refundableMinor } from '../bills.ts';
import type { Bills } from '../bills.ts';
import type { NoticeManner } from '../notices/bill-notices.ts';

/** How the shop is told of what happened; not at all where nobody tells. */
type Told = NoticeManner | 'nothing';

/** What happens to the bill; undefined when it cannot happen any more. */
type Outcome = (bill: Bill, amountMinor: number | undefined, bills: Bills) => Told | undefined;

export const outcomes: Readonly<Record<string, Outcome>> = {
  pay: payAndTell('text-value'),
  'number-value': payAndTell('number-value'),
  'short-value': payAndTell('short-value'),
  'raw-signed': payAndTell('raw-signed'),
  'older-edition': payAndTell('older-edition'),
  'pay-late': (bill, amountMinor, bills) => {
    if (bill.status === 'WAITING') bills.move(bill, 'EXPIRED');
    return bill.status === 'EXPIRED' ? pay(bill, amountMinor, bills, 'text-value') : undefined;
  },
  // The payer may try another way to pay, and the shop hears of neither.
  decline: whileWaiting((bill) => {
    bill.wasDeclined = true;
    return 'nothing';
  }),
  cancel: whileWaiting((bill, bills) => {
    bills.move(bill, 'REJECTED');
    return 'text-value';
  }),
  expire: whileWaiting((bill, bills) => {
    bills.move(bill, 'EXPIRED');
    return 'text-value';
  }),
  leave: () => 'nothing',
  refund: (bill, amountMinor, bills) => {
    const left = refundableMinor(bill);
    const amount = amountMinor ?? left;
    if (left === 0 || amount > left) return undefined;
    bills.payBack(bill, `cabinet-${bill.refundedMinor}-${amount}`, amount);
    return 'nothing';
  },
};

function payAndTell(manner: NoticeManner): Outcome {
  return (bill, amountMinor, bills) => {
    if (bill.status === 'PAID') return amountMinor === undefined ? manner : undefined;
    return bill.status === 'WAITING' ? pay(bill, amountMinor, bills, manner) : undefined;
  };
}

function pay(
  bill: Bill,
  amountMinor: number | undefined,
  bills: Bills,
  manner: NoticeManner,
): NoticeManner | undefined {
  const amount = amountMinor ?? bill.amountMinor;
  if (amount > LARGEST_MINOR) return undefined;
  bill.amountMinor = amount;
  bills.move(bill, 'PAID');
  return manner;
}

function whileWaiting(move: (bill: Bill, bills: Bills) => Told): Outcome {
  return (bill, _amountMinor, bills) => (bill.status === 'WAITING' ? move(bill, bills) : undefined);
}
