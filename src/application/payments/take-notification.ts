import { isId, type PaymentId } from '../../domain/ids.ts';
import { minute } from '../../domain/time.ts';
import type { Claim } from '../../domain/payment-claim.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  NotificationVerdict,
  PaymentName,
  PaymentProvider,
  RawRequest,
  RawResponse,
  Reading,
  ReadingRefusal,
} from '../ports/payment-provider.ts';
import type { Applied, InboxEvent, PaymentStore } from '../ports/payment-store.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { AnswerQuestion } from './answer-question.ts';
import type { TakeProof } from './take-proof.ts';

/** What happened to a notification, for the counters: each way has its own. */
export type NotificationResult =
  | 'moved'
  /** Moved before people, for what does not fit. */
  | 'review-sum'
  | 'review-currency'
  | 'review-mode'
  | 'same'
  | 'duplicate'
  | 'conflict'
  | 'parked'
  | 'ignored'
  | 'question-yes'
  | 'question-no'
  | 'hint-unanswered'
  | 'hint-forged'
  | `refused-${ReadingRefusal}`;

export interface TakenNotification {
  readonly result: NotificationResult;
  readonly response: RawResponse;
}

/** How long a proof of an unknown payment is answered with "again": our own row may be on its way. */
const parkedForMs = 10 * minute;

/**
 * Takes a payment system's notification. Only what its signature proves, or the provider itself answers when asked,
 * counts; it counts once, and the answer "accepted" is given only after the commit. Throws when our database is down:
 * the provider will come again.
 */
export const takeNotification =
  (
    payments: PaymentStore,
    take: TakeProof,
    answerQuestion: AnswerQuestion,
    secrets: Secrets,
    clock: Clock,
  ) =>
  async (provider: PaymentProvider, raw: RawRequest): Promise<TakenNotification> => {
    const now = clock.now();
    const end = (result: NotificationResult, verdict: NotificationVerdict) => ({
      result,
      response: provider.answer(verdict),
    });
    const reading = provider.readNotification(raw, now);
    switch (reading.tag) {
      case 'refused':
        return end(`refused-${reading.why}`, 'refused');
      case 'ignored':
        return end('ignored', 'accepted');
      case 'question': {
        const mayPay = await answerQuestion(provider, reading);
        return mayPay ? end('question-yes', 'accepted') : end('question-no', 'forbid');
      }
      case 'hint': {
        const looked = await provider.look?.(reading.ref);
        if (looked?.tag !== 'done') return end('hint-unanswered', 'retry');
        // Nobody but a forger tells of what is not there; asking for it again would help nobody.
        if (looked.value === 'absent') return end('hint-forged', 'accepted');
        const { of = { by: 'ref', ref: reading.ref } as const, claim, refund } = looked.value;
        const { dispute = reading.dispute } = looked.value;
        const proof = { claim, refund, dispute };
        return keep(of, claim, (event, id) => take(provider, id, proof, settledOnly(event, claim)));
      }
      case 'proof':
        return keep(reading.of, reading.claim, (event, id) => take(provider, id, reading, event));
    }

    async function keep(
      of: PaymentName,
      claim: Claim,
      apply: (event: InboxEvent, id: PaymentId) => Promise<Applied>,
    ): Promise<TakenNotification> {
      const event = inboxEvent(reading, provider.code, bodyHash(reading, raw, secrets), now);
      const id = await idOf(payments, provider.code, of);
      const applied: Applied =
        id === undefined ? { result: 'payment-unknown' } : await apply(event, id);
      if (applied.result !== 'payment-unknown') {
        return end(resultOf(applied, claim, provider.mode), 'accepted');
      }
      const { firstSeenAt } = await payments.park(event, nameText(of), now);
      return end('parked', now - firstSeenAt < parkedForMs ? 'retry' : 'accepted');
    }
  };
export type TakeNotification = ReturnType<typeof takeNotification>;

/** What moved a payment before people, told apart; everything else by its own name. */
function resultOf(
  applied: Exclude<Applied, { readonly result: 'payment-unknown' }>,
  { mode, amount }: Claim,
  ours: Claim['mode'],
): NotificationResult {
  if (applied.result !== 'moved' || applied.payment.state !== 'review') return applied.result;
  if (mode !== ours) return 'review-mode';
  const isOther = amount !== undefined && amount.currency !== applied.payment.charge.currency;
  return isOther ? 'review-currency' : 'review-sum';
}

const inboxEvent = (
  reading: Reading,
  provider: string,
  bodyHash: string,
  receivedAt: InboxEvent['receivedAt'],
): InboxEvent => ({
  provider,
  eventKey: 'eventKey' in reading ? reading.eventKey : '',
  bodyHash,
  receivedAt,
});

/** Of a hint nothing but its key counts, so another body under the same key is no contradiction. */
const bodyHash = (reading: Reading, raw: RawRequest, secrets: Secrets): string =>
  reading.tag === 'hint' ? 'hint' : secrets.hashBytes(raw.body);

/** A hint that came before its time, forged or not, must not use up the key of the true one after it. */
const settledOnly = (
  event: InboxEvent,
  { state }: { readonly state: string },
): InboxEvent | undefined => (state === 'open' ? undefined : event);

/** Most names are our own ids, which need no look. */
async function idOf(
  payments: PaymentStore,
  provider: string,
  name: PaymentName,
): Promise<PaymentId | undefined> {
  if (name.by !== 'id') return payments.locate(provider, name);
  return isId(name.id) ? (name.id as PaymentId) : undefined;
}

const nameText = (name: PaymentName): string => {
  switch (name.by) {
    case 'id':
      return name.id;
    case 'number':
      return String(name.number);
    case 'ref':
      return name.ref;
  }
};
