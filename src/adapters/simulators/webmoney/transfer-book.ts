import { randomInt } from 'node:crypto';
import { BoundedMap } from '../bounded-map.ts';
import { decimalText } from './decimal-amount.ts';
import { payerPurse } from './purse-payment.ts';
import type { PursePayment, Transfer } from './purse-payment.ts';

const OPERATION_LIMIT = 10_000;

/** One movement of money, as the history of the purse shows it. */
export interface Operation {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly amountText: string;
  /** `0` where no invoice was paid. */
  readonly invoiceNo: string;
  /** The shop's number of the payment it belongs to. */
  readonly orderNo: string;
  readonly description: string;
}

/** Every transfer into the shop's purse and back, with numbers that only grow. */
export class TransferBook {
  readonly #purse: string;
  readonly #operations = new BoundedMap<string, Operation>(OPERATION_LIMIT);
  #lastNo = randomInt(100_000_000, 900_000_000);

  constructor(purse: string) {
    this.#purse = purse;
  }

  /** Gives out a number of an invoice or a transfer. */
  nextNo(): string {
    this.#lastNo += randomInt(1, 10);
    return String(this.#lastNo);
  }

  writeIncoming(payment: PursePayment, { number: id, at, amountText }: Transfer): void {
    const { invoiceNo, number: orderNo, description } = payment;
    const from = payerPurse(this.#purse);
    const more = { amountText, invoiceNo, orderNo, description };
    this.#operations.set(id, { id, at, from, to: this.#purse, ...more });
  }

  writeRefund(payment: PursePayment, transfer: Transfer, amountMinor: number, at: number) {
    const refund: Operation = {
      id: this.nextNo(),
      at,
      from: this.#purse,
      to: payerPurse(this.#purse),
      amountText: decimalText(amountMinor),
      invoiceNo: '0',
      orderNo: payment.number,
      description: `Moneyback of ${transfer.number}`,
    };
    this.#operations.set(refund.id, refund);
    return refund;
  }

  /** Lists what happened between two moments, both of them included, oldest first. */
  between(start: number, finish: number): Operation[] {
    const operations = this.#operations.newestFirst().reverse();
    return operations.filter(({ at }) => start <= at && at <= finish);
  }
}
