import type { PaymentId } from '../../domain/ids.ts';
import type { Claim, DeclineReason } from '../../domain/payment-claim.ts';
import type { Settlement } from '../../domain/payment-settlement.ts';
import { settle as settleClaim } from '../../domain/payment-settlement.ts';
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
import { keyOf } from './key-of.ts';
import type { SettlePayment } from './settle-payment.ts';

/** How a payment is described at the provider and where the payer comes back to. */
export interface PayerFacing {
  /** Before the account number: the same in every call, so that a repeated call is the same call. */
  readonly description: string;
  readonly returnUrl: (id: PaymentId) => string;
}

/** Providers, what payers see there, and how a remembered method is charged. */
export interface SendingNeeds {
  readonly providers: readonly PaymentProvider[];
  readonly facing: PayerFacing;
  /** The token of the payment's remembered method; undefined once the customer has forgotten it. */
  readonly tokenOf: (payment: Payment) => Promise<string | undefined>;
}

/** Longest wait for a provider: on the payer's page, and in the worker. */
export const pageDeadlineMs = 10_000;
export const workerDeadlineMs = 30_000;

/** Creates one recorded payment at its provider, right after it was recorded; undefined if somebody else does. */
export const sendPayment =
  (payments: PaymentStore, settle: SettlePayment, needs: SendingNeeds, clock: Clock) =>
  async (id: PaymentId): Promise<Payment | undefined> => {
    const taken = await payments.takeToSend(id, clock.now());
    if (taken === undefined) return undefined;
    return send(taken, needs, settle, pageDeadlineMs);
  };
export type SendPayment = ReturnType<typeof sendPayment>;

/** Sends what was cut short: the same call with the same key, so it has one effect. Answers how many were due. */
export const sendDuePayments =
  (payments: PaymentStore, settle: SettlePayment, needs: SendingNeeds, clock: Clock) =>
  async (limit: number): Promise<number> => {
    const due = await payments.takeDueToSend(clock.now(), limit);
    for (const taken of due) {
      if (isOutOfTime(taken, clock.now())) await askBeforeClosing(taken, needs, settle);
      else await send(taken, needs, settle, workerDeadlineMs);
    }
    return due.length;
  };
export type SendDuePayments = ReturnType<typeof sendDuePayments>;

async function send(
  payment: InitiatingPayment,
  { providers, facing, tokenOf }: SendingNeeds,
  settle: SettlePayment,
  deadlineMs: number,
): Promise<Payment | undefined> {
  const provider = providers.find(({ code }) => code === payment.provider);
  if (provider === undefined) return undefined;
  const { id, number, charge: amount, providerMethod: method, holds, saves } = payment;
  const description = `${facing.description} ${payment.accountNumber}`;
  if (payment.savedMethod !== undefined && provider.charge !== undefined) {
    const token = await tokenOf(payment);
    const command = { paymentId: id, amount, description };
    const outcome: Outcome<Claim> =
      token === undefined
        ? { tag: 'declined', reason: 'method_restricted' }
        : await provider.charge({ ...command, token }, deadlineMs);
    const applied = await settle(id, (now, at) => afterCharge(now, outcome, provider.mode, at));
    return 'payment' in applied ? applied.payment : undefined;
  }
  const named = {
    ...(number !== undefined && { number }),
    ...(method !== undefined && { method }),
  };
  const wishes = { ...(holds && { holds }), ...(saves && { saves }) };
  const command = { paymentId: id, amount, description, ...named, ...wishes };
  const expiresAt = later(payment.createdAt, paymentLifetimeMs);
  const returnUrl = facing.returnUrl(id);
  const outcome = await provider.create({ ...command, expiresAt, returnUrl }, deadlineMs);
  const applied = await settle(id, (current, now) => afterCreate(current, outcome, now));
  return 'payment' in applied ? applied.payment : undefined;
}

/** What the answer to our call means; a notification may have overtaken it. */
export function afterCreate(payment: Payment, outcome: Outcome<Created>, now: Instant): Settlement {
  if (payment.state !== 'initiating') return { kind: 'same' };
  if (outcome.tag !== 'done') return afterTrouble(payment, outcome, now);
  const { ref, redirect, expiresAt } = outcome.value;
  const until = expiresAt === undefined ? {} : { expiresAt };
  const named = ref === undefined ? {} : { providerRef: ref };
  return { kind: 'moved', payment: markPending(payment, { ...named, redirect, ...until }, now) };
}

/** What the answer to a charge without the payer means. */
export function afterCharge(
  payment: Payment,
  outcome: Outcome<Claim>,
  mode: Claim['mode'],
  now: Instant,
): Settlement {
  if (payment.state !== 'initiating') return { kind: 'same' };
  if (outcome.tag === 'done') return settleClaim(payment, outcome.value, mode, now);
  return afterTrouble(payment, outcome, now);
}

function afterTrouble(
  payment: InitiatingPayment,
  outcome: Exclude<Outcome<never>, { readonly tag: 'done' }>,
  now: Instant,
): Settlement {
  switch (outcome.tag) {
    case 'declined':
      return failed(payment, outcome.reason, now);
    case 'invalid':
      return failed(payment, 'declined', now);
    case 'not-attempted':
      return afterNoAttempt(payment, now);
    case 'unknown':
      return { kind: 'same' };
  }
}

/** Surely nothing happened only if this was the first call: one before it may have arrived. */
function afterNoAttempt(payment: InitiatingPayment, now: Instant): Settlement {
  if (payment.attempts > 1) return { kind: 'same' };
  return { kind: 'moved', payment: markNotSent(payment, now) };
}

const failed = (payment: InitiatingPayment, reason: DeclineReason, now: Instant): Settlement => ({
  kind: 'moved',
  payment: moved(payment, { state: 'failed', providerRef: undefined, reason }, now),
});

/** The payer's time is over: nothing more is sent, and the provider is asked what became of what was. */
async function askBeforeClosing(
  payment: InitiatingPayment,
  { providers }: SendingNeeds,
  settle: SettlePayment,
): Promise<void> {
  const provider = providers.find(({ code }) => code === payment.provider);
  if (provider === undefined) return;
  const answer: Outcome<Claim | 'absent'> =
    (await provider.query?.(keyOf(payment))) ?? ({ tag: 'done', value: 'absent' } as const);
  if (answer.tag !== 'done') return;
  const { value } = answer;
  await settle(payment.id, (current, now) => {
    if (value !== 'absent') return settleClaim(current, value, provider.mode, now);
    return current.state === 'initiating' ? expired(current, now) : { kind: 'same' };
  });
}

/** A late proof of payment would still be taken. */
const expired = (payment: InitiatingPayment, now: Instant): Settlement => ({
  kind: 'moved',
  payment: moved(payment, { state: 'expired', providerRef: undefined }, now),
});
