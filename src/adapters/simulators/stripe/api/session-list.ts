import type { Acquirer } from '../acquirer.ts';
import type { RequestForm } from './request-form.ts';
import type { Session } from '../stripe-objects.ts';
import { invalidRequest } from './stripe-problem.ts';

const known: readonly RegExp[] = [
  /^(limit|starting_after|status|payment_intent)$/,
  /^created(\[(gt|gte|lt|lte)\])?$/,
  /^expand\[\d*\]$/,
];

/** One page of sessions, newest first, as the query filters them. */
export function listSessions(
  acquirer: Acquirer,
  query: RequestForm,
): { items: Session[]; hasMore: boolean } {
  query.allowOnly(known);
  const limit = query.whole('limit') ?? 10;
  if (limit < 1 || limit > 100) throw invalidRequest('limit must be from 1 to 100', 'limit');
  const status = query.choice('status', ['open', 'complete', 'expired']);
  const intent = query.text('payment_intent');
  const isCreatedThen = createdFilter(query);

  const matching = acquirer.sessions().filter((session) => {
    if (status !== undefined && session.status !== status) return false;
    if (intent !== undefined && session.intent?.id !== intent) return false;
    return isCreatedThen(session.created);
  });
  const after = query.text('starting_after');
  const from = after === undefined ? 0 : matching.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && from === 0) {
    throw invalidRequest(`No such checkout.session: '${after}'`, 'starting_after');
  }
  return {
    items: matching.slice(from, from + limit),
    hasMore: matching.length > from + limit,
  };
}

function createdFilter(query: RequestForm): (created: number) => boolean {
  const at = query.whole('created');
  const above = query.whole('created[gt]') ?? -1;
  const from = query.whole('created[gte]') ?? 0;
  const to = query.whole('created[lte]') ?? Infinity;
  const below = query.whole('created[lt]') ?? Infinity;
  return (created) =>
    (at === undefined || created === at) &&
    created > above &&
    created >= from &&
    created <= to &&
    created < below;
}
