import type { Router } from '@koa/router';
import type { Payment } from '../payments/payment.ts';
import { cancel, capture, charge } from '../payments/payment-moves.ts';
import type { Payments } from '../payments/payments.ts';
import type { Refunds } from '../refunds/refunds.ts';
import { refundAnswer } from '../yookassa-answers.ts';
import { listPayments, listRefunds } from './lists.ts';
import { checkCancelRequest, readCaptureRequest, readRefundRequest } from './money-requests.ts';
import { readPaymentRequest } from './payment-request.ts';
import type { YookassaCalls } from './yookassa-calls.ts';
import { YookassaProblem, notFound } from './yookassa-problem.ts';

/** The API a shop's server talks to: `/v3/…`. */
export function yookassaApiRoutes(
  router: Router,
  payments: Payments,
  refunds: Refunds,
  calls: YookassaCalls,
): void {
  paymentRoutes(router, payments, calls);
  holdRoutes(router, payments, calls);
  refundRoutes(router, payments, refunds, calls);
  const { shopId: account_id, isTest: test, methods } = payments.terms;
  router.get('/v3/me', (ctx) =>
    calls.read(ctx, 'query', () => ({ account_id, test, payment_methods: methods })),
  );
  // Whatever came as far as here is not there, or not asked by this verb.
  router.all('/v3{/*path}', (ctx) => calls.refuse(ctx, strangeCall(ctx.path)));
}

function paymentRoutes(router: Router, payments: Payments, calls: YookassaCalls): void {
  router.post('/v3/payments', (ctx) =>
    calls.change(ctx, 'create', (body) => {
      const find = (id: string) => payments.savedMethod(id);
      const { wish, savedMethod } = readPaymentRequest(body, payments.terms, find);
      const payment = payments.start(wish);
      if (savedMethod !== undefined) {
        charge(payment, savedMethod, payments.now());
        void payments.tell(payment);
      }
      return payments.answer(payment);
    }),
  );
  router.get('/v3/payments', (ctx) =>
    calls.read(ctx, 'list', (query) => listPayments(payments, query)),
  );
  router.get('/v3/payments/:id', (ctx) =>
    calls.read(ctx, 'query', () => payments.answer(paymentWith(payments, ctx.params['id']))),
  );
}

function holdRoutes(router: Router, payments: Payments, calls: YookassaCalls): void {
  router.post('/v3/payments/:id/capture', (ctx) =>
    calls.change(ctx, 'capture', (body) => {
      const payment = paymentWith(payments, ctx.params['id']);
      const amountMinor = readCaptureRequest(body, payment, payments.terms);
      capture(payment, amountMinor, payments.now());
      void payments.tell(payment);
      return payments.answer(payment);
    }),
  );
  router.post('/v3/payments/:id/cancel', (ctx) =>
    calls.change(ctx, 'cancel', (body) => {
      const payment = paymentWith(payments, ctx.params['id']);
      checkCancelRequest(body, payment);
      cancel(payment, { party: 'merchant', reason: 'canceled_by_merchant' });
      void payments.tell(payment);
      return payments.answer(payment);
    }),
  );
}

function refundRoutes(
  router: Router,
  payments: Payments,
  refunds: Refunds,
  calls: YookassaCalls,
): void {
  router.post('/v3/refunds', (ctx) =>
    calls.change(ctx, 'refund', (body) => {
      const find = (id: string) => payments.payment(id);
      const asked = readRefundRequest(body, find, payments.terms, payments.now());
      const refund = refunds.make(asked.payment, asked.amountMinor, asked.wish);
      void payments.notices.send(refunds.facts(refund));
      return refundAnswer(refund);
    }),
  );
  router.get('/v3/refunds', (ctx) =>
    calls.read(ctx, 'list', (query) => listRefunds(refunds, query, payments.now())),
  );
  router.get('/v3/refunds/:id', (ctx) =>
    calls.read(ctx, 'query', () => {
      const refund = refunds.withId(ctx.params['id'] ?? '');
      if (refund === undefined) throw notFound('refund_id');
      return refundAnswer(refund);
    }),
  );
}

function paymentWith(payments: Payments, id = ''): Payment {
  const payment = payments.payment(id);
  if (payment === undefined) throw notFound('payment_id');
  return payment;
}

function strangeCall(path: string): YookassaProblem {
  const known = /^\/v3\/(me|(payments|refunds)(\/[^/]+)?|payments\/[^/]+\/(capture|cancel))$/;
  if (!known.test(path)) return notFound('path');
  return new YookassaProblem(405, { description: 'this is not asked by such a verb' });
}
