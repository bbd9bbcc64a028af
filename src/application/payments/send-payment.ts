import type { PaymentId } from '../../domain/ids.ts';
import type { DeclineReason } from '../../domain/payment-claim.ts';
import type { Settlement } from '../../domain/payment-settlement.ts';
import {
  isOutOfTime,
  markNotSent,
  markPending,
  moved,
  paymentLifetimeMs,
  type InitiatingPayment,
  type Payment,
} from '../../domain/payment.ts';
import { later, type Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Created, Outcome, PaymentProvider } from '../ports/payment-provider.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import type { SettlePayment } from './settle-payment.ts';

/** How a payment is described at the provider and where the payer comes back to. */
export interface PayerFacing {
  /** Before the account number: the same in every call, so that a repeated call is the same call. */
  readonly description: string;
  readonly returnUrl: (id: PaymentId) => string;
}

/** Longest wait for a provider: on the payer's page, and in the worker. */
export const pageDeadlineMs = 10_000;
export const workerDeadlineMs = 30_000;

/** Creates one recorded payment at its provider, right after it was recorded; undefined if somebody else does. */
export const sendPayment =
  (
    payments: PaymentStore,
    providers: readonly PaymentProvider[],
    settle: SettlePayment,
    facing: PayerFacing,
    clock: Clock,
  ) =>
  async (id: PaymentId): Promise<Payment | undefined> => {
    const taken = await payments.takeToSend(id, clock.now());
    if (taken === undefined) return undefined;
    return send(taken, { providers, settle, facing }, pageDeadlineMs);
  };
export type SendPayment = ReturnType<typeof sendPayment>;

/** Sends what was cut short: the same call with the same key, so it has one effect. Answers how many were due. */
export const sendDuePayments =
  (
    payments: PaymentStore,
    providers: readonly PaymentProvider[],
    settle: SettlePayment,
    facing: PayerFacing,
    clock: Clock,
  ) =>
  async (limit: number): Promise<number> => {
    const due = await payments.takeDueToSend(clock.now(), limit);
    const needs = { providers, settle, facing };
    for (const taken of due) await send(taken, needs, workerDeadlineMs);
    return due.length;
  };
export type SendDuePayments = ReturnType<typeof sendDuePayments>;

interface SendingNeeds {
  readonly providers: readonly PaymentProvider[];
  readonly settle: SettlePayment;
  readonly facing: PayerFacing;
}

async function send(
  payment: InitiatingPayment,
  { providers, settle, facing }: SendingNeeds,
  deadlineMs: number,
): Promise<Payment | undefined> {
  const provider = providers.find((one) => one.code === payment.provider);
  if (provider === undefined) return undefined;
  const { id, amount, accountNumber } = payment;
  const description = `${facing.description} ${accountNumber}`;
  const expiresAt = later(payment.createdAt, paymentLifetimeMs);
  const command = { paymentId: id, amount, description, expiresAt };
  const outcome = await provider.create(
    { ...command, returnUrl: facing.returnUrl(id) },
    deadlineMs,
  );
  const applied = await settle(id, (current, now) => afterCreate(current, outcome, now));
  return 'payment' in applied ? applied.payment : undefined;
}

/** What the answer to our call means; a notification may have overtaken it. */
export function afterCreate(payment: Payment, outcome: Outcome<Created>, now: Instant): Settlement {
  if (payment.state !== 'initiating') return { kind: 'same' };
  switch (outcome.tag) {
    case 'done': {
      const { ref, redirect, expiresAt } = outcome.value;
      const until = expiresAt === undefined ? {} : { expiresAt };
      const pending = markPending(payment, { providerRef: ref, redirect, ...until }, now);
      return { kind: 'moved', payment: pending };
    }
    case 'declined':
      return failed(payment, outcome.reason, now);
    case 'invalid':
      return failed(payment, 'declined', now);
    case 'not-attempted':
      return afterNoAttempt(payment, now);
    case 'unknown':
      return afterSilence(payment, now);
  }
}

/** Surely nothing happened only if this was the first call: one before it may have arrived. */
function afterNoAttempt(payment: InitiatingPayment, now: Instant): Settlement {
  if (isOutOfTime(payment, now)) return failed(payment, 'timed_out', now);
  if (payment.attempts > 1) return { kind: 'same' };
  return { kind: 'moved', payment: markNotSent(payment, now) };
}

/** The provider closes what it may have at the same time, so nothing is guessed; a late proof would still count. */
function afterSilence(payment: InitiatingPayment, now: Instant): Settlement {
  if (!isOutOfTime(payment, now)) return { kind: 'same' };
  const expired = moved(payment, { state: 'expired', providerRef: undefined }, now);
  return { kind: 'moved', payment: expired };
}

const failed = (payment: InitiatingPayment, reason: DeclineReason, now: Instant): Settlement => ({
  kind: 'moved',
  payment: moved(payment, { state: 'failed', providerRef: undefined, reason }, now),
});
