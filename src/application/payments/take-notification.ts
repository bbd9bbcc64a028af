import { isId, type PaymentId } from '../../domain/ids.ts';
import { minute } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  NotificationVerdict,
  PaymentProvider,
  RawRequest,
  RawResponse,
} from '../ports/payment-provider.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import type { Secrets } from '../ports/secrets.ts';
import { byClaim, type SettlePayment } from './settle-payment.ts';

/** What happened to a notification, for the counters: each way has its own. */
export type NotificationResult =
  | 'moved'
  | 'same'
  | 'duplicate'
  | 'conflict'
  | 'parked'
  | 'ignored'
  | `refused-${'signature' | 'malformed' | 'too-old' | 'mode'}`;

/** How long a proof of an unknown payment is answered with "again": our own row may be on its way. */
const parkedForMs = 10 * minute;

/**
 * Takes a payment system's notification. Only what its signature proves counts, it counts once, and the answer
 * "accepted" is given only after the commit. Throws when our database is down: the provider will come again.
 */
export const takeNotification =
  (payments: PaymentStore, settle: SettlePayment, secrets: Secrets, clock: Clock) =>
  async (
    provider: PaymentProvider,
    raw: RawRequest,
  ): Promise<{ readonly result: NotificationResult; readonly response: RawResponse }> => {
    const now = clock.now();
    const answer = (result: NotificationResult, verdict: NotificationVerdict) => ({
      result,
      response: provider.answer(verdict),
    });
    const reading = provider.readNotification(raw, now);
    if (reading.tag === 'refused') return answer(`refused-${reading.why}`, 'refused');
    if (reading.tag === 'ignored') return answer('ignored', 'accepted');

    const bodyHash = secrets.hashBytes(raw.body);
    const { eventKey, paymentId, claim } = reading;
    const event = { provider: provider.code, eventKey, bodyHash, receivedAt: now };
    const applied = isId(paymentId)
      ? await settle(paymentId as PaymentId, byClaim(claim, provider.mode), event)
      : ({ result: 'payment-unknown' } as const);
    if (applied.result !== 'payment-unknown') return answer(applied.result, 'accepted');

    const { firstSeenAt } = await payments.park(event, paymentId, now);
    return answer('parked', now - firstSeenAt < parkedForMs ? 'retry' : 'accepted');
  };
export type TakeNotification = ReturnType<typeof takeNotification>;
