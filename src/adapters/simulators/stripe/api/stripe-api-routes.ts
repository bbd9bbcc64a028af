import type { Router } from '@koa/router';
import type { Acquirer } from '../acquirer.ts';
import { cancel, capture, expire } from '../payer-moves.ts';
import type { Refunds } from '../refunds.ts';
import { intentAnswer, refundAnswer, sessionAnswer } from '../stripe-answers.ts';
import type { Intent, Session } from '../stripe-objects.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import { listRefunds, listSessions } from './lists.ts';
import { refund } from './refund-request.ts';
import type { RequestForm } from './request-form.ts';
import { readSessionRequest } from './session-request.ts';
import type { StripeCalls } from './stripe-calls.ts';
import { invalidRequest, noSuch } from './stripe-problem.ts';

export interface StripeParts {
  readonly acquirer: Acquirer;
  readonly calls: StripeCalls;
  readonly refunds: Refunds;
  readonly webhooks: Webhooks;
}

/** The API a shop's server talks to: `/v1/…`. */
export function stripeApiRoutes(router: Router, parts: StripeParts): void {
  sessionRoutes(router, parts);
  intentRoutes(router, parts);
  refundRoutes(router, parts);
}

function sessionRoutes(router: Router, { acquirer, calls, webhooks }: StripeParts): void {
  const { wire } = acquirer;
  const show = (session: Session, form: RequestForm) =>
    sessionAnswer(session, wire.urlOf(session), wire.live, wantsIntent(form));

  router.post('/v1/checkout/sessions', (ctx) =>
    calls.change(ctx, 'create', (form) =>
      show(acquirer.create(readSessionRequest(form, wire.now())), form),
    ),
  );
  router.get('/v1/checkout/sessions', (ctx) =>
    calls.read(ctx, 'list', (query) => {
      const { items, hasMore } = listSessions(acquirer, query);
      const shown = items.map((session) => show(session, query));
      return { object: 'list', url: '/v1/checkout/sessions', has_more: hasMore, data: shown };
    }),
  );
  router.get('/v1/checkout/sessions/:id', (ctx) =>
    calls.read(ctx, 'query', (query) => show(sessionWith(acquirer, ctx.params['id']), query)),
  );
  router.post('/v1/checkout/sessions/:id/expire', (ctx) =>
    calls.change(ctx, 'cancel', (form) => {
      const session = sessionWith(acquirer, ctx.params['id']);
      if (session.status !== 'open') {
        throw invalidRequest(
          `Only Checkout Sessions with a status in ["open"] can be expired. ` +
            `This Checkout Session has a status of ${session.status}`,
        );
      }
      void webhooks.send(expire(session, wire));
      return show(session, form);
    }),
  );
}

function intentRoutes(router: Router, { acquirer, calls, webhooks }: StripeParts): void {
  const { wire } = acquirer;
  const show = (intent: Intent) => intentAnswer(intent, wire.live);

  router.get('/v1/payment_intents/:id', (ctx) =>
    calls.read(ctx, 'query', () => show(intentWith(acquirer, ctx.params['id']).intent)),
  );
  router.post('/v1/payment_intents/:id/capture', (ctx) =>
    calls.change(ctx, 'capture', (form) => {
      const { session, intent } = intentWith(acquirer, ctx.params['id']);
      mustBe(intent, ['requires_capture'], 'captured');
      const amount = form.whole('amount_to_capture') ?? intent.amountCapturable;
      if (amount === 0 || amount > intent.amountCapturable) {
        throw invalidRequest('Amount to capture is not within what is held', 'amount_to_capture');
      }
      void webhooks.send(capture(session, intent, amount, wire));
      return show(intent);
    }),
  );
  router.post('/v1/payment_intents/:id/cancel', (ctx) =>
    calls.change(ctx, 'cancel', (form) => {
      const { session, intent } = intentWith(acquirer, ctx.params['id']);
      mustBe(intent, ['requires_payment_method', 'requires_capture', 'processing'], 'canceled');
      const reasons = ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'] as const;
      const reason = form.choice('cancellation_reason', reasons);
      if (session.status === 'open') throw invalidRequest('Expire the Checkout Session instead');
      void webhooks.send(cancel(intent, reason, wire));
      return show(intent);
    }),
  );
}

function refundRoutes(router: Router, { acquirer, calls, refunds, webhooks }: StripeParts): void {
  router.post('/v1/refunds', (ctx) =>
    calls.change(ctx, 'refund', (form) => {
      const { intent } = intentWith(acquirer, form.required('payment_intent'));
      return refundAnswer(refund(refunds, webhooks, intent, form));
    }),
  );
  router.get('/v1/refunds', (ctx) =>
    calls.read(ctx, 'list', (query) => {
      const { items, hasMore } = listRefunds(refunds, query);
      const shown = items.map((each) => refundAnswer(each));
      return { object: 'list', url: '/v1/refunds', has_more: hasMore, data: shown };
    }),
  );
  router.get('/v1/refunds/:id', (ctx) =>
    calls.read(ctx, 'query', () => {
      const id = ctx.params['id'] ?? '';
      const found = refunds.withId(id);
      if (found === undefined) throw noSuch('refund', id, 'id');
      return refundAnswer(found);
    }),
  );
}

function sessionWith(acquirer: Acquirer, id = ''): Session {
  const session = acquirer.session(id);
  if (session === undefined) throw noSuch('checkout.session', id, 'session');
  return session;
}

function intentWith(acquirer: Acquirer, id = ''): { session: Session; intent: Intent } {
  const session = acquirer.sessionOfIntent(id);
  if (session?.intent === undefined) throw noSuch('payment_intent', id, 'intent');
  return { session, intent: session.intent };
}

function mustBe(intent: Intent, states: readonly Intent['status'][], verb: string): void {
  if (states.includes(intent.status)) return;
  throw invalidRequest(
    `This PaymentIntent could not be ${verb} because it has a status of ${intent.status}.`,
    undefined,
    'payment_intent_unexpected_state',
  );
}

function wantsIntent(form: RequestForm): boolean {
  return form.names().some((name) => {
    const path = form.text(name) ?? '';
    return name.startsWith('expand[') && /^(data\.)?payment_intent$/.test(path);
  });
}
