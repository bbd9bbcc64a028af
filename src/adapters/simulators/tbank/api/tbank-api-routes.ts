import type { Router } from '@koa/router';
import type { Bank } from '../bank.ts';
import { isHeld, isOpen, isRefundable, sumOf } from '../bank-payment.ts';
import type { BankPayment } from '../bank-payment.ts';
import { confirm } from '../payment-moves.ts';
import type { Fields } from '../token.ts';
import type { Cancels } from './cancels.ts';
import { startPayment } from './init-call.ts';
import { cancelShape, confirmShape, initShape, orderShape } from './request-shapes.ts';
import { paymentShape, qrShape, sbpTestShape } from './request-shapes.ts';
import type { ConfirmRequest } from './request-shapes.ts';
import { payTestQr } from './sbp-test-call.ts';
import type { TbankCalls } from './tbank-calls.ts';
import { badRequest, unknownPayment, wrongState } from './tbank-problem.ts';

const ROOT = '/tbank/v2';

export interface TbankParts {
  readonly bank: Bank;
  readonly calls: TbankCalls;
  readonly cancels: Cancels;
}

/** The API a shop's server talks to: `/tbank/v2/…`. */
export function tbankApiRoutes(router: Router, parts: TbankParts): void {
  questionRoutes(router, parts);
  moneyRoutes(router, parts);
  qrRoutes(router, parts);
}

function questionRoutes(router: Router, { bank, calls }: TbankParts): void {
  router.post(`${ROOT}/GetState`, (ctx) =>
    calls.answer(
      ctx,
      paymentShape,
      () => 'query',
      ({ PaymentId }) => stateOf(paymentWith(bank, PaymentId)),
    ),
  );
  // The question after an Init that got no answer: an order never heard of has no payments.
  router.post(`${ROOT}/CheckOrder`, (ctx) =>
    calls.answer(
      ctx,
      orderShape,
      () => 'query',
      ({ OrderId }) => {
        const payment = bank.ofOrder(OrderId);
        return { OrderId, Payments: payment === undefined ? [] : [attemptOf(payment)] };
      },
    ),
  );
}

function moneyRoutes(router: Router, { bank, calls, cancels }: TbankParts): void {
  router.post(`${ROOT}/Init`, (ctx) =>
    calls.answer(
      ctx,
      initShape,
      () => 'create',
      (request) => {
        const payment = startPayment(bank, request);
        return { ...stateOf(payment), PaymentURL: bank.urlOf(payment) };
      },
    ),
  );
  router.post(`${ROOT}/Confirm`, (ctx) =>
    calls.answer(
      ctx,
      confirmShape,
      () => 'capture',
      (request) => takeHeld(bank, request),
    ),
  );
  router.post(`${ROOT}/Cancel`, (ctx) =>
    calls.answer(
      ctx,
      cancelShape,
      ({ PaymentId }) => (wasPaid(bank.payment(PaymentId)) ? 'refund' : 'cancel'),
      (request) => cancels.cancel(request),
    ),
  );
}

function qrRoutes(router: Router, { bank, calls }: TbankParts): void {
  router.post(`${ROOT}/GetQr`, (ctx) =>
    calls.answer(
      ctx,
      qrShape,
      () => 'query',
      ({ PaymentId }) => {
        const payment = paymentWith(bank, PaymentId);
        if (!isOpen(payment)) throw wrongState(`${payment.status} can no more be paid`);
        payment.hasQr = true;
        // Whoever scans it comes to the payer's page, as the payer's banking app would.
        return { OrderId: payment.orderId, PaymentId, Data: bank.urlOf(payment) };
      },
    ),
  );
  router.post(`${ROOT}/SbpPayTest`, (ctx) =>
    calls.answer(
      ctx,
      sbpTestShape,
      () => 'query',
      (request) => payTestQr(bank, paymentWith(bank, request.PaymentId), request),
    ),
  );
}

function takeHeld(bank: Bank, { PaymentId, Amount }: ConfirmRequest): Fields {
  const payment = paymentWith(bank, PaymentId);
  if (!isHeld(payment)) throw wrongState(`${payment.status} is not held`);
  const amount = Amount ?? payment.held;
  if (amount > payment.held) throw badRequest(`Amount: ${payment.held} is held`);
  void bank.tell(payment, confirm(payment, amount));
  return stateOf(payment);
}

function paymentWith(bank: Bank, id: string): BankPayment {
  const payment = bank.payment(id);
  if (payment === undefined) throw unknownPayment(id);
  return payment;
}

function stateOf(payment: BankPayment): Fields {
  const { id: PaymentId, orderId: OrderId, status: Status } = payment;
  return { PaymentId, OrderId, Status, Amount: sumOf(payment) };
}

function attemptOf(payment: BankPayment): Fields {
  const { id: PaymentId, status: Status } = payment;
  return { PaymentId, Status, Amount: sumOf(payment), Success: true, ErrorCode: '0' };
}

const wasPaid = (payment: BankPayment | undefined): boolean =>
  payment !== undefined && (isRefundable(payment) || payment.status === 'REFUNDED');
