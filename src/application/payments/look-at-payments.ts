import type { PaymentId, CustomerId } from '../../domain/ids.ts';
import { unreachable } from '../../domain/invariant.ts';
import type { Claim } from '../../domain/payment-claim.ts';
import type { Settlement } from '../../domain/payment-settlement.ts';
import { isOutOfTime, moved, type Payment } from '../../domain/payment.ts';
import { later, second, type Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Outcome, PaymentProvider } from '../ports/payment-provider.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import { finishCancel } from './cancel-payment.ts';
import { finishCapture } from './capture-payment.ts';
import { keyOf } from './key-of.ts';
import type { SettlePayment } from './settle-payment.ts';
import type { TakeProof } from './take-proof.ts';

/** What looking at a payment needs. */
export interface LookingNeeds {
  readonly providers: readonly PaymentProvider[];
  readonly settle: SettlePayment;
  readonly take: TakeProof;
}

/**
 * Looks at payments that wait for their provider and whose time has come: notifications may be lost, calls cut short.
 * Answers how many were due.
 */
export const lookAtDuePayments =
  (payments: PaymentStore, needs: LookingNeeds, clock: Clock) =>
  async (limit: number): Promise<number> => {
    const due = await payments.takeDueToAsk(clock.now(), limit);
    for (const payment of due) await look(payment, needs);
    return due.length;
  };
export type LookAtDuePayments = ReturnType<typeof lookAtDuePayments>;

/** The payer's page may have the provider asked this often. */
const pagePauseMs = 10 * second;

/** Looks at one payment because its payer does; asks the provider no more often than every ten seconds. */
export const lookAtPayment =
  (payments: PaymentStore, needs: LookingNeeds, clock: Clock) =>
  async (id: PaymentId, customer: CustomerId): Promise<void> => {
    if ((await payments.find(id, customer)) === undefined) return;
    const now = clock.now();
    const taken = await payments.takeToAsk(id, later(now, -pagePauseMs), now);
    if (taken !== undefined) await look(taken, needs);
  };
export type LookAtPayment = ReturnType<typeof lookAtPayment>;

async function look(payment: Payment, needs: LookingNeeds): Promise<void> {
  const provider = needs.providers.find(({ code }) => code === payment.provider);
  if (provider === undefined) return;
  switch (payment.state) {
    case 'capturing':
      await finishCapture(payment, provider, needs.settle);
      return;
    case 'canceling':
      await finishCancel(payment, provider, needs.settle);
      return;
    case 'pending':
    case 'authorized':
      return ask(payment, provider, needs);
    default:
      return unreachable(payment as never);
  }
}

async function ask(
  payment: Payment,
  provider: PaymentProvider,
  { settle, take }: LookingNeeds,
): Promise<void> {
  const answer: Outcome<Claim | 'absent'> =
    (await provider.query?.(keyOf(payment))) ?? ({ tag: 'done', value: 'absent' } as const);
  if (answer.tag !== 'done') return;
  const { value } = answer;
  if (value !== 'absent' && value.state !== 'open') {
    await take(provider, payment.id, { claim: value }, undefined);
  } else {
    await settle(payment.id, closingInTime);
  }
}

/** Closing for time comes only after the provider was asked; where it cannot be asked, by our own clock. */
export function closingInTime(payment: Payment, now: Instant): Settlement {
  if (payment.state !== 'pending' || !isOutOfTime(payment, now)) return { kind: 'same' };
  const { providerRef } = payment;
  // Still open over there after its time: a late proof of payment would still be taken.
  return { kind: 'moved', payment: moved(payment, { state: 'expired', providerRef }, now) };
}
