import type {
  NotificationVerdict,
  Outcome,
  PaymentProvider,
  RawResponse,
} from '../../../application/ports/payment-provider.ts';
import { callDeadlineMs, inTime } from '../deadline.ts';
import { askBill, createBill, lookAtBill, rejectBill, unheard } from './qiwi-bills.ts';
import { type QiwiAccess } from './qiwi-calls.ts';
import { askRefund, refundBill } from './qiwi-refunds.ts';
import { readNotice } from './qiwi-wire.ts';

export interface QiwiSettings extends QiwiAccess {
  /** Our site there; a notification about another one is refused. */
  readonly siteId: string;
  /** Keys notifications may still be signed with while the secret key is being replaced. */
  readonly retiredKeys?: readonly string[];
  readonly mode: 'live' | 'test';
}

/** Our names are UUIDs; theirs are ours. */
const refPattern = /^[\w-]{1,200}$/;

/** QIWI's bills: written out under our own id, paid on QIWI's page, told with a signature. */
export function qiwi(settings: QiwiSettings): PaymentProvider {
  const { siteId, secretKey, retiredKeys = [], mode } = settings;
  const notices = { siteId, keys: [secretKey, ...retiredKeys], mode };
  const ask = <Value>(
    work: (until: number) => Promise<Outcome<Value>>,
    deadlineMs = callDeadlineMs,
  ): Promise<Outcome<Value>> => inTime(deadlineMs, work);
  return {
    code: 'qiwi',
    mode,
    cancelsOpen: true,
    create: (command, deadlineMs) =>
      ask((until) => createBill(settings, command, until), deadlineMs),
    query: ({ paymentId }) => ask((until) => askBill(settings, paymentId, mode, until)),
    look: async (ref) =>
      refPattern.test(ref) ? ask((until) => lookAtBill(settings, ref, mode, until)) : unheard,
    cancel: ({ paymentId }) => ask((until) => rejectBill(settings, paymentId, mode, until)),
    refund: (command) => ask((until) => refundBill(settings, command, until)),
    queryRefund: (key) => ask((until) => askRefund(settings, key, until)),
    readNotification: ({ headers, body }) =>
      readNotice(body, headers['x-api-signature-sha256'], notices),
    answer,
  };
}

/** QIWI wants 200 and to read that there is no error; after anything else it comes again for a day. */
function answer(verdict: NotificationVerdict): RawResponse {
  const said = (status: number, error: '0' | '1'): RawResponse => ({
    ...{ status, body: JSON.stringify({ error }), type: 'application/json' },
  });
  switch (verdict) {
    case 'accepted':
      return said(200, '0');
    case 'retry':
      return said(503, '1');
    case 'refused':
    case 'forbid':
      return said(400, '1');
  }
}
