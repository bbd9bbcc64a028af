import type { Controlled, Happened, PaymentView } from '../../control/controlled.ts';
import type { Order } from '../../control/order.ts';
import type { Faults } from '../../faults.ts';
import type { Notifier } from '../../notifier.ts';
import type { Timers } from '../../timers.ts';
import type { Bill } from '../bill.ts';
import type { Bills } from '../bills.ts';
import type { BillNotices } from '../notices/bill-notices.ts';
import { forgeries } from '../notices/forgery.ts';
import { outcomes } from './outcomes.ts';

/** What is claimed where nobody says which sum: 1.00 more than was asked for. */
const FORGED_EXTRA = 100;

/** What payer and forger can do to a bill of the simulated QIWI. */
export class QiwiControl implements Controlled {
  readonly code = 'qiwi';
  readonly title = 'Bills (QIWI protocol)';
  readonly outcomes = Object.keys(outcomes);
  readonly forgeries = forgeries;
  readonly faults: Faults;
  readonly notifier: Notifier;
  readonly timers: Timers;
  readonly #bills: Bills;
  readonly #notices: BillNotices;

  constructor(bills: Bills, notices: BillNotices, faults: Faults, timers: Timers) {
    this.#bills = bills;
    this.#notices = notices;
    this.notifier = notices.notifier;
    this.faults = faults;
    this.timers = timers;
  }

  payments(): readonly PaymentView[] {
    return this.#bills.bills().map((bill) => viewOf(bill, this.#bills.urlOf(bill)));
  }

  /** The shop's id is taken once, so it is never more than one. */
  made(billId: string): number {
    return this.#bills.bill(billId) === undefined ? 0 : 1;
  }

  act(billId: string, order: Order): Happened | 'impossible' | undefined {
    const bill = this.#bills.bill(billId);
    if (bill === undefined) return undefined;
    const forge = forgeries.find((each) => each === order.forge);
    if (forge !== undefined) {
      const extra = forge === 'amount' ? FORGED_EXTRA : 0;
      const amount = order.amountMinor ?? bill.amountMinor + extra;
      return [this.#notices.forged(bill, forge, amount)];
    }
    const told = outcomes[order.outcome]?.(bill, order.amountMinor, this.#bills);
    if (told === undefined) return 'impossible';
    return told === 'nothing' ? [] : this.#notices.of(bill, told);
  }
}

function viewOf(bill: Bill, url: string): PaymentView {
  const { id, invoiceUid, wish, status, amountMinor, refundedMinor, createdAt } = bill;
  return {
    paymentId: id,
    ref: invoiceUid,
    url,
    title: wish.comment ?? '',
    state: status,
    amountMinor: String(amountMinor),
    refundedMinor: String(refundedMinor),
    currency: wish.currency,
    createdAt: new Date(createdAt).toISOString(),
  };
}
