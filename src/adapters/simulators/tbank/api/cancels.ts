import { BoundedMap } from '../../bounded-map.ts';
import type { Bank } from '../bank.ts';
import { isHeld, isOpen, isRefundable } from '../bank-payment.ts';
import type { BankPayment } from '../bank-payment.ts';
import { cancel, refund, reverse } from '../payment-moves.ts';
import type { Fact } from '../payment-moves.ts';
import type { Fields } from '../token.ts';
import type { CancelRequest } from './request-shapes.ts';
import { badRequest, unknownPayment, wrongState } from './tbank-problem.ts';

const KEY_LIMIT = 10_000;

interface Known {
  readonly amount: number | undefined;
  readonly answer: Fields;
}

/** The one call that gives money back or up: what it does depends on how far the payment has come. */
export class Cancels {
  readonly #bank: Bank;
  readonly #known = new BoundedMap<string, Known>(KEY_LIMIT);

  constructor(bank: Bank) {
    this.#bank = bank;
  }

  /** Does it once per payment and `ExternalRequestId`, and answers the same again; without one it does it each time. */
  cancel(request: CancelRequest): Fields {
    const { PaymentId, Amount: amount, ExternalRequestId } = request;
    const payment = this.#bank.payment(PaymentId);
    if (payment === undefined) throw unknownPayment(PaymentId);
    if (ExternalRequestId === undefined) return this.#give(payment, request);

    const key = `${PaymentId} ${ExternalRequestId}`;
    const known = this.#known.get(key);
    if (known === undefined) {
      const answer = this.#give(payment, request);
      this.#known.set(key, { amount, answer });
      return answer;
    }
    if (known.amount === amount) return known.answer;
    throw badRequest('ExternalRequestId: was used with another Amount');
  }

  #give(payment: BankPayment, { Amount, ExternalRequestId }: CancelRequest): Fields {
    const left = leftOf(payment);
    const amount = Amount ?? left;
    if (amount > left) throw badRequest(`Amount: only ${left} is left`);
    void this.#bank.tell(payment, give(payment, amount, left));
    return {
      PaymentId: payment.id,
      OrderId: payment.orderId,
      Status: payment.status,
      OriginalAmount: left,
      NewAmount: left - amount,
      ...(ExternalRequestId === undefined ? {} : { ExternalRequestId }),
    };
  }
}

/** What could be given back or up. */
function leftOf(payment: BankPayment): number {
  if (isRefundable(payment)) return payment.captured - payment.refunded;
  if (isHeld(payment)) return payment.held;
  if (payment.status === 'NEW' || payment.status === 'FORM_SHOWED') return payment.amount;
  throw wrongState(`${payment.status} cannot be cancelled`);
}

function give(payment: BankPayment, amount: number, left: number): Fact[] {
  if (isRefundable(payment)) return refund(payment, amount);
  if (isHeld(payment)) return reverse(payment, amount);
  if (isOpen(payment) && amount === left) return cancel(payment);
  throw badRequest('Amount: what nobody has paid is cancelled as a whole');
}
