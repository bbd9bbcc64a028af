import type { Acquirer } from '../acquirer.ts';
import type { Refunds } from '../refunds.ts';
import type { Refund, Session } from '../stripe-objects.ts';
import { listPage, pageParameters } from './list-page.ts';
import type { ListPage } from './list-page.ts';
import type { RequestForm } from './request-form.ts';

const ofSessions: readonly RegExp[] = [
  ...pageParameters,
  /^(status|payment_intent)$/,
  /^expand\[\d*\]$/,
];
const ofRefunds: readonly RegExp[] = [...pageParameters, /^payment_intent$/];

/** One page of sessions, newest first, as the query filters them. */
export function listSessions(acquirer: Acquirer, query: RequestForm): ListPage<Session> {
  query.allowOnly(ofSessions);
  const status = query.choice('status', ['open', 'complete', 'expired']);
  const intent = query.text('payment_intent');
  const matching = acquirer.sessions().filter((session) => {
    if (status !== undefined && session.status !== status) return false;
    return intent === undefined || session.intent?.id === intent;
  });
  return listPage(matching, query, 'checkout.session');
}

/** One page of refunds, newest first, of one intent or of all. */
export function listRefunds(refunds: Refunds, query: RequestForm): ListPage<Refund> {
  query.allowOnly(ofRefunds);
  return listPage(refunds.ofIntent(query.text('payment_intent')), query, 'refund');
}
