import type {
  Outcome,
  PaymentKey,
  RefundCommand,
} from '../../../application/ports/payment-provider.ts';
import type { Money } from '../../../domain/money.ts';
import type { Claim } from '../../../domain/payment-claim.ts';
import type { RefundClaim } from '../../../domain/refund-settlement.ts';
import { isTimeLeft, waitUntil } from '../deadline.ts';
import type { Trouble } from '../trouble.ts';
import { done, type Ask, type Told } from './tbank-calls.ts';
import { standing } from './tbank-questions.ts';
import type { Fields } from './tbank-token.ts';
import { isKeyTrouble, troubleOfCode } from './tbank-trouble.ts';
import {
  claimFrom,
  refundedBy,
  toKopecks,
  type TbankAnswer,
  type TbankPayment,
} from './tbank-wire.ts';

const untaken: Trouble = { tag: 'invalid', why: 'this sum cannot be taken at the provider' };
const unheard: Trouble = { tag: 'invalid', why: 'the provider knows no such payment' };
const running: Trouble = { tag: 'unknown', why: 'the provider is still at it' };
const lost: Trouble = { tag: 'unknown', why: 'there was no time left for the call' };

const held: readonly string[] = ['AUTHORIZED', 'PARTIAL_REVERSED'];
/** Open, with nothing going on between the payer and the bank. */
const idle: readonly string[] = ['NEW', 'FORM_SHOWED'];
/** The bank is at work on a call of the shop's. */
const busy: readonly string[] = [
  ...['CONFIRMING', 'CONFIRM_CHECKING', 'REVERSING', 'REFUNDING', 'ASYNC_REFUNDING'],
];

/** One call that changes a payment, as long as the payment stands where the call is meant for. */
interface Change {
  readonly from: readonly string[];
  readonly send: (payment: TbankPayment, timeoutMs: number) => Promise<Told>;
  readonly read: (answer: TbankAnswer, payment: TbankPayment) => Claim | undefined;
}

/** A lost answer is followed by a look, and by one more call only while nothing has changed. */
const mostCalls = 2;

async function change(
  ask: Ask,
  mode: Claim['mode'],
  key: PaymentKey,
  { from, send, read }: Change,
  until: number,
): Promise<Outcome<Claim>> {
  let sent: Trouble | undefined;
  for (let calls = 0; calls <= mostCalls; calls += 1) {
    const found = await paymentOf(ask, key, until);
    if (found.tag !== 'done') return sent ?? found;
    const payment = found.value;
    if (!from.includes(payment.Status)) return ended(payment, mode);
    if (calls === mostCalls || !isTimeLeft(until) || (sent ?? lost).tag !== 'unknown') break;

    const told = await send(payment, waitUntil(until, 0.5));
    const claim = told.tag === 'yes' ? read(told.answer, payment) : undefined;
    if (claim !== undefined) return done(claim);
    // After a call that may have had its effect nothing else is certain, but by a look.
    sent ??= troubleIn(told);
    if (sent.tag === 'not-attempted') break;
  }
  return sent ?? lost;
}

async function paymentOf(ask: Ask, key: PaymentKey, until: number): Promise<Outcome<TbankPayment>> {
  const found = await standing(ask, key, until);
  if (found.tag !== 'done') return found;
  return found.value === 'absent' ? unheard : done(found.value);
}

/** How a payment stands on which there is nothing to do, unless the bank is at work on it. */
const ended = (payment: TbankPayment, mode: Claim['mode']): Outcome<Claim> =>
  busy.includes(payment.Status) ? running : done(claimFrom(payment, mode));

function troubleIn(told: Told): Trouble {
  if (told.tag === 'yes') return running;
  return told.tag === 'no' ? troubleOfCode(told.code) : told;
}

/** Takes held money, or a part of it. What is held no more is answered as it stands. */
export async function captureHeld(
  ask: Ask,
  mode: Claim['mode'],
  key: PaymentKey,
  amount: Money,
  until: number,
): Promise<Outcome<Claim>> {
  const kopecks = toKopecks(amount);
  if (kopecks === undefined) return untaken;
  const confirm: Change = {
    from: held,
    send: ({ PaymentId }, timeoutMs) => ask('Confirm', { PaymentId, Amount: kopecks }, timeoutMs),
    read: ({ Status, Amount = kopecks }, payment) =>
      Status === 'CONFIRMED' ? claimFrom({ ...payment, Status, Amount }, mode) : undefined,
  };
  return change(ask, mode, key, confirm, until);
}

/** Gives up what nobody has paid, or lets held money go. What is paid already is left alone and answered so. */
export async function cancelUnpaid(
  ask: Ask,
  mode: Claim['mode'],
  key: PaymentKey,
  until: number,
): Promise<Outcome<Claim>> {
  const cancel: Change = {
    from: [...idle, ...held],
    send: ({ PaymentId, Status }, timeoutMs) => {
      // Giving up and letting go are two calls: a refused one must not stand in the way of the other.
      const name = held.includes(Status) ? 'release' : 'cancel';
      const ExternalRequestId = `${key.paymentId}:${name}`;
      return ask('Cancel', { PaymentId, ExternalRequestId }, timeoutMs);
    },
    read: ({ Status = '', OriginalAmount }, payment) => {
      if (Status === 'CANCELED' || Status === 'REVERSED')
        return claimFrom({ ...payment, Status }, mode);
      // The payer was faster by a moment: it was paid, and all of it went back.
      if (Status !== 'REFUNDED' || OriginalAmount === undefined) return undefined;
      return claimFrom({ ...payment, Status, Amount: OriginalAmount }, mode);
    },
  };
  return change(ask, mode, key, cancel, until);
}

/**
 * Pays back. The refund's id is the bank's `ExternalRequestId`: however often the call is repeated, the money goes once.
 * The bank keeps no list of refunds, so what became of a lost call is found out by repeating it.
 */
export async function refundPaid(
  ask: Ask,
  { refundId, payment: key, captured, amount }: RefundCommand,
  until: number,
): Promise<Outcome<RefundClaim>> {
  const kopecks = toKopecks(amount);
  if (kopecks === undefined || captured.currency !== amount.currency) return untaken;
  const PaymentId = key.ref ?? (await numberOf(ask, key, until));
  if (typeof PaymentId !== 'string') return PaymentId;

  const fields: Fields = { PaymentId, Amount: kopecks, ExternalRequestId: refundId };
  const told = await twice(until, (timeoutMs) => ask('Cancel', fields, timeoutMs));
  if (told.tag === 'yes' && isPaidBack(told.answer.Status)) return done(refundedBy(told.answer));
  if (told.tag === 'yes' || told.tag === 'no') {
    return afterRefund(ask, told, { ...key, ref: PaymentId }, until);
  }
  return told;
}

/** A yes that is not carried out yet, or a no: how the payment stands tells which. */
async function afterRefund(
  ask: Ask,
  told: Extract<Told, { readonly tag: 'yes' | 'no' }>,
  key: PaymentKey,
  until: number,
): Promise<Outcome<RefundClaim>> {
  if (told.tag === 'no' && isKeyTrouble(told.code)) return troubleOfCode(told.code);
  const now = await standing(ask, key, until);
  const status = now.tag === 'done' && now.value !== 'absent' ? now.value.Status : undefined;
  if (told.tag === 'yes') return isPaidBack(status) ? done(refundedBy(told.answer)) : running;
  // All of the money is still there, so the no is certain.
  return status === 'CONFIRMED' ? troubleOfCode(told.code) : uncertain;
}

const uncertain: Trouble = {
  tag: 'unknown',
  why: 'the provider says no, of a payment of which something may have gone back',
};

const isPaidBack = (status: string | undefined): boolean =>
  status === 'REFUNDED' || status === 'PARTIAL_REFUNDED';

/** Makes a call that carries its own key, and once more while its answer is lost. */
async function twice(until: number, call: (timeoutMs: number) => Promise<Told>): Promise<Told> {
  const first = await call(waitUntil(until, 0.4));
  if (first.tag !== 'unknown' || !isTimeLeft(until)) return first;
  const again = await call(waitUntil(until, 0.5));
  // Whatever else the second one says, the first may have its effect yet.
  return again.tag === 'yes' ? again : first;
}

async function numberOf(ask: Ask, key: PaymentKey, until: number): Promise<string | Trouble> {
  const found = await paymentOf(ask, key, until);
  return found.tag === 'done' ? found.value.PaymentId : found;
}
