import { randomBytes } from 'node:crypto';
import { BoundedMap } from '../bounded-map.ts';
import type { Timers } from '../timers.ts';
import type { ConfirmedBy, PaymentForm, PursePayment } from './purse-payment.ts';
import type { Terms, Transfer } from './purse-payment.ts';
import type { ShopPurse } from './shop-purse.ts';
import { TransferBook } from './transfer-book.ts';
import type { Operation } from './transfer-book.ts';

const PAYMENT_LIMIT = 10_000;
/** How long a page waits for its payer. */
const PAGE_LIFE_MS = 24 * 60 * 60_000;
/** In test mode `2` this try, and each as many tries later, fails. */
const UNLUCKY_TRY = 5;

/** The simulated WebMoney: the newest 10 000 payments to the shop's purse, and the money that moved. */
export class PaymentDesk {
  readonly purse: ShopPurse;
  readonly book: TransferBook;
  readonly #timers: Timers;
  readonly #byPage = new BoundedMap<string, PursePayment>(PAYMENT_LIMIT);
  readonly #byShop = new BoundedMap<string, PursePayment>(PAYMENT_LIMIT);
  readonly #byNumber = new BoundedMap<string, PursePayment>(PAYMENT_LIMIT);
  readonly #byInvoice = new BoundedMap<string, PursePayment>(PAYMENT_LIMIT);
  readonly #byTransfer = new BoundedMap<string, PursePayment>(PAYMENT_LIMIT);
  readonly #paid = new BoundedMap<string, PursePayment>(PAYMENT_LIMIT);
  readonly #made = new BoundedMap<string, number>(PAYMENT_LIMIT);
  #testTries = 0;

  constructor(purse: ShopPurse, timers: Timers) {
    this.purse = purse;
    this.book = new TransferBook(purse.purse);
    this.#timers = timers;
  }

  now(): number {
    return this.#timers.now();
  }

  /** Opens the page of a form; the very same form leads to the page that is still open. */
  open(form: PaymentForm): PursePayment {
    const known = this.#current(this.#byNumber.get(form.number));
    return known?.state === 'open' && isSame(known, form) ? known : this.add(form);
  }

  /** Takes a form as a payment of its own. */
  add(form: PaymentForm): PursePayment {
    const { paymentIdField } = this.purse;
    const own = form.ownFields.find(([name]) => name === paymentIdField)?.[1];
    const payment: PursePayment = {
      ...form,
      pageId: randomBytes(8).toString('hex'),
      paymentId: own === undefined || own === '' ? form.number : own,
      invoiceNo: this.book.nextNo(),
      createdAt: this.now(),
      state: 'open',
      transfer: undefined,
      trouble: undefined,
    };
    this.#byPage.set(payment.pageId, payment);
    this.#byShop.set(payment.paymentId, payment);
    this.#byNumber.set(payment.number, payment);
    this.#byInvoice.set(payment.invoiceNo, payment);
    this.#made.set(payment.paymentId, this.madeFor(payment.paymentId) + 1);
    return payment;
  }

  onPage(pageId: string): PursePayment | undefined {
    return this.#current(this.#byPage.get(pageId));
  }

  /** The newest payment of the shop's own id, or of the payment number. */
  ofShop(id: string): PursePayment | undefined {
    return this.#current(this.#byShop.get(id) ?? this.#byNumber.get(id));
  }

  withInvoice(invoiceNo: string): PursePayment | undefined {
    return this.#current(this.#byInvoice.get(invoiceNo));
  }

  withTransfer(transferNo: string): PursePayment | undefined {
    return this.#byTransfer.get(transferNo);
  }

  /** The payment that was paid under the number last, or else the newest. */
  withNumber(number: string): PursePayment | undefined {
    return this.#paid.get(number) ?? this.#current(this.#byNumber.get(number));
  }

  /** Lists the payments, newest first. */
  payments(): PursePayment[] {
    const payments = this.#byPage.newestFirst();
    for (const payment of payments) this.#current(payment);
    return payments;
  }

  madeFor(id: string): number {
    return this.#made.get(this.ofShop(id)?.paymentId ?? id) ?? 0;
  }

  /** Whether the payment's number may be paid, by the rule of the purse. */
  isNumberFree(number: string): boolean {
    return !this.purse.hasUniqueNumbers || this.#paid.get(number) === undefined;
  }

  /** Moves the money on these terms. In test mode the form decides whether it moves: undefined when it does not. */
  transfer(payment: PursePayment, terms: Terms, confirmedBy: ConfirmedBy): Transfer | undefined {
    if (this.purse.isTest && this.#failsInTest(payment)) {
      payment.trouble = { reason: 'simulated' };
      return undefined;
    }
    const { amountText, amountMinor, ownFields } = terms;
    const transfer: Transfer = {
      number: this.book.nextNo(),
      at: this.now(),
      amountText,
      amountMinor,
      confirmedBy,
      refundedMinor: 0,
    };
    payment.state = 'paid';
    payment.amountText = amountText;
    payment.amountMinor = amountMinor;
    payment.ownFields = ownFields;
    payment.transfer = transfer;
    payment.trouble = undefined;
    this.#byTransfer.set(transfer.number, payment);
    this.#paid.set(payment.number, payment);
    this.book.writeIncoming(payment, transfer);
    return transfer;
  }

  /** Pays back; undefined when there is not so much left. */
  refund(payment: PursePayment, amountMinor: number): Operation | undefined {
    const { transfer } = payment;
    if (transfer === undefined) return undefined;
    if (amountMinor > transfer.amountMinor - transfer.refundedMinor) return undefined;
    transfer.refundedMinor += amountMinor;
    return this.book.writeRefund(payment, transfer, amountMinor, this.now());
  }

  #failsInTest({ simulated }: PursePayment): boolean {
    if (simulated !== '2') return simulated === '1';
    this.#testTries += 1;
    return this.#testTries % UNLUCKY_TRY === 0;
  }

  // Nobody is told that a page has closed, so it is enough that whoever looks sees it closed.
  #current(payment: PursePayment | undefined): PursePayment | undefined {
    if (payment?.state === 'open' && payment.createdAt + PAGE_LIFE_MS <= this.now()) {
      payment.state = 'expired';
    }
    return payment;
  }
}

function isSame(payment: PursePayment, form: PaymentForm): boolean {
  const names = Object.keys(form) as (keyof PaymentForm)[];
  return names.every((name) => JSON.stringify(payment[name]) === JSON.stringify(form[name]));
}
