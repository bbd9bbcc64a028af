import { moved, isOutOfTime, type Payment, type PendingPayment } from '../../domain/payment.ts';
import { settle as settleClaim, type Settlement } from '../../domain/payment-settlement.ts';
import type { Claim } from '../../domain/payment-claim.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Outcome, PaymentProvider } from '../ports/payment-provider.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import type { SettlePayment } from './settle-payment.ts';

/** Asks providers how pending payments stand whose notification may be lost. Answers how many were due. */
export const askPendingPayments =
  (
    payments: PaymentStore,
    providers: readonly PaymentProvider[],
    settle: SettlePayment,
    clock: Clock,
  ) =>
  async (limit: number): Promise<number> => {
    const due = await payments.takeDueToAsk(clock.now(), limit);
    for (const payment of due) {
      const provider = providers.find((one) => one.code === payment.provider);
      if (provider === undefined) continue;
      const answer = await ask(provider, payment);
      if (answer === undefined) continue;
      await settle(payment.id, (current, now) => afterAnswer(current, answer, provider.mode, now));
    }
    return due.length;
  };
export type AskPendingPayments = ReturnType<typeof askPendingPayments>;

async function ask(
  provider: PaymentProvider,
  payment: PendingPayment,
): Promise<Claim | 'absent' | undefined> {
  if (payment.providerRef === undefined) return undefined;
  const outcome: Outcome<Claim | 'absent'> = await provider.query(payment.providerRef);
  return outcome.tag === 'done' ? outcome.value : undefined;
}

/** What the provider's word means. Closing for time comes only after the provider was asked. */
export function afterAnswer(
  payment: Payment,
  answer: Claim | 'absent',
  mode: Claim['mode'],
  now: Instant,
): Settlement {
  if (answer !== 'absent' && answer.state !== 'open')
    return settleClaim(payment, answer, mode, now);
  if (payment.state !== 'pending' || !isOutOfTime(payment, now)) return { kind: 'same' };
  const { providerRef } = payment;
  // Still open over there after its time: a late proof of payment would still be taken.
  return { kind: 'moved', payment: moved(payment, { state: 'expired', providerRef }, now) };
}
