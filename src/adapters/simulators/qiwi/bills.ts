import { randomUUID } from 'node:crypto';
import { BoundedMap } from '../bounded-map.ts';
import type { Delivery } from '../notifier.ts';
import type { Timers } from '../timers.ts';
import type { Bill, BillRefund, BillStatus, BillWish } from './bill.ts';
import type { BillNotices } from './notices/bill-notices.ts';

const BILL_LIMIT = 10_000;
const EXPIRY_WATCH_MS = 30_000;

/** The simulated QIWI: its newest 10 000 bills and refunds. */
export class Bills {
  readonly #publicUrl: string;
  readonly #notices: BillNotices;
  readonly #timers: Timers;
  readonly #bills = new BoundedMap<string, Bill>(BILL_LIMIT);
  readonly #byUid = new BoundedMap<string, Bill>(BILL_LIMIT);
  readonly #refunds = new BoundedMap<string, BillRefund>(BILL_LIMIT);

  constructor(publicUrl: string, notices: BillNotices, timers: Timers) {
    this.#publicUrl = publicUrl;
    this.#notices = notices;
    this.#timers = timers;
    void this.#expireInTime();
  }

  now(): number {
    return this.#timers.now();
  }

  issue(id: string, wish: BillWish): Bill {
    const bill: Bill = {
      id,
      invoiceUid: randomUUID(),
      wish,
      createdAt: this.now(),
      amountMinor: wish.amountMinor,
      status: 'WAITING',
      changedAt: this.now(),
      refundedMinor: 0,
      wasDeclined: false,
    };
    this.#bills.set(id, bill);
    this.#byUid.set(bill.invoiceUid, bill);
    return bill;
  }

  /** Where the payer goes. */
  urlOf({ invoiceUid }: Bill): string {
    return `${this.#publicUrl}/qiwi/form/?invoice_uid=${invoiceUid}`;
  }

  bill(id: string): Bill | undefined {
    return this.#current(this.#bills.get(id));
  }

  onPage(invoiceUid: string): Bill | undefined {
    return this.#current(this.#byUid.get(invoiceUid));
  }

  /** Lists the bills, newest first. */
  bills(): Bill[] {
    const bills = this.#bills.newestFirst();
    for (const bill of bills) this.#current(bill);
    return bills;
  }

  /** Puts the bill into another state. */
  move(bill: Bill, status: BillStatus): void {
    bill.status = status;
    bill.changedAt = this.now();
    bill.wasDeclined = false;
  }

  /** Tells the shop how the bill stands, where it wants to hear of that; resolves after the first try. */
  tell(bill: Bill): Promise<Delivery[]> {
    return this.#notices.notifier.send(this.#notices.of(bill));
  }

  refund(bill: Bill, refundId: string): BillRefund | undefined {
    return this.#refunds.get(refundKey(bill, refundId));
  }

  /** Pays back; the caller has made sure that so much is left. */
  payBack(bill: Bill, refundId: string, amountMinor: number): BillRefund {
    bill.refundedMinor += amountMinor;
    const isAll = bill.refundedMinor === bill.amountMinor;
    const status = isAll ? 'FULL' : 'PARTIAL';
    const refund: BillRefund = { id: refundId, amountMinor, madeAt: this.now(), status };
    this.#refunds.set(refundKey(bill, refundId), refund);
    return refund;
  }

  // Whoever looks at a bill whose time is over sees it expired, however long ago the watch came by.
  #current(bill: Bill | undefined): Bill | undefined {
    if (bill?.status === 'WAITING' && bill.wish.expiresAt <= this.now()) {
      this.move(bill, 'EXPIRED');
      void this.tell(bill);
    }
    return bill;
  }

  // One watch over all bills: a timer for each would outlive those forgotten long ago.
  async #expireInTime(): Promise<void> {
    while (!this.#timers.stopped.aborted) {
      await this.#timers.sleep(EXPIRY_WATCH_MS);
      this.bills();
    }
  }
}

/** The money of a paid bill that can still go back. */
export const refundableMinor = ({ status, amountMinor, refundedMinor }: Bill): number =>
  status === 'PAID' ? amountMinor - refundedMinor : 0;

const refundKey = (bill: Bill, refundId: string): string => JSON.stringify([bill.id, refundId]);
