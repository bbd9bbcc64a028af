import { methodTypes } from '../payments/method-terms.ts';
import type { Payment } from '../payments/payment.ts';
import type { Payments } from '../payments/payments.ts';
import type { Refund } from '../refunds/refund.ts';
import type { Refunds } from '../refunds/refunds.ts';
import { THREE_YEARS_MS } from '../shop-terms.ts';
import { refundAnswer } from '../yookassa-answers.ts';
import type { Json } from '../yookassa-answers.ts';
import type { ListQuery } from './list-query.ts';
import { invalidRequest } from './yookassa-problem.ts';

const everywhere = [/^(limit|cursor|status)$/, /^(created_at|captured_at)\.(gte|gt|lte|lt)$/];
const ofPayments = [...everywhere, /^payment_method$/, /^metadata\[[^\]]+\]$/];
const ofRefunds = [...everywhere, /^payment_id$/];

/** One page of payments, newest first, as the query filters them. */
export function listPayments(payments: Payments, query: ListQuery): Json {
  query.allowOnly(ofPayments);
  const statuses = ['pending', 'waiting_for_capture', 'succeeded', 'canceled'] as const;
  const status = query.choice('status', statuses);
  const method = query.choice('payment_method', methodTypes);
  const [isCreatedThen, isCapturedThen] = [query.within('created_at'), query.within('captured_at')];
  const sentAlong = query.group('metadata');
  const fits = (payment: Payment) =>
    isListed(payment, payments.now()) &&
    isCreatedThen(payment.createdAt) &&
    isCapturedThen(payment.capturedAt) &&
    (status === undefined || payment.status === status) &&
    (method === undefined || (payment.method?.type ?? payment.wish.methodType) === method) &&
    sentAlong.every(([name, value]) => payment.wish.metadata[name] === value);
  return page(payments.payments(), query, fits, (payment) => payments.answer(payment));
}

/** One page of refunds, newest first; one is captured when it succeeds. */
export function listRefunds(refunds: Refunds, query: ListQuery, now: number): Json {
  query.allowOnly(ofRefunds);
  const status = query.choice('status', ['pending', 'succeeded', 'canceled'] as const);
  const paymentId = query.text('payment_id');
  const [isCreatedThen, isCapturedThen] = [query.within('created_at'), query.within('captured_at')];
  const fits = (refund: Refund) =>
    isListed(refund, now) &&
    isCreatedThen(refund.createdAt) &&
    isCapturedThen(refund.succeededAt) &&
    (status === undefined || refund.status === status) &&
    (paymentId === undefined || refund.payment.id === paymentId);
  return page(refunds.refunds(), query, fits, refundAnswer);
}

const isListed = ({ createdAt }: { readonly createdAt: number }, now: number): boolean =>
  createdAt > now - THREE_YEARS_MS;

/** The cursor is the last thing shown, so that what is made meanwhile moves nothing. */
function page<Item extends { readonly id: string }>(
  all: readonly Item[],
  query: ListQuery,
  fits: (item: Item) => boolean,
  show: (item: Item) => Json,
): Json {
  const limit = query.limit();
  const cursor = query.text('cursor');
  const from = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
  if (cursor !== undefined && from === 0) throw invalidRequest('it leads nowhere', 'cursor');
  const matching = all.slice(from).filter(fits);
  const shown = matching.slice(0, limit);
  const next_cursor = matching.length > limit ? shown.at(-1)?.id : undefined;
  return { type: 'list', items: shown.map(show), next_cursor };
}
