import type { Outcome, PaymentKey, Snapshot } from '../../../application/ports/payment-provider.ts';
import type { Claim } from '../../../domain/payment-claim.ts';
import { waitUntil } from '../deadline.ts';
import { unreadable, type Trouble } from '../trouble.ts';
import { done, type Ask } from './tbank-calls.ts';
import { isKeyTrouble, troubleOfCode } from './tbank-trouble.ts';
import { claimFrom, foremost, paymentIn, type TbankPayment } from './tbank-wire.ts';

const notANumber: Trouble = { tag: 'invalid', why: 'this is no payment of theirs' };
const isNumber = (ref: string): boolean => /^\d{1,20}$/.test(ref);
const absent = { tag: 'done', value: 'absent' } as const;

/** Asks how a payment stands: by the bank's number of it, else, or where that is another's, by our own id. */
export async function standing(
  ask: Ask,
  { paymentId, ref }: Pick<PaymentKey, 'paymentId' | 'ref'>,
  until: number,
): Promise<Outcome<TbankPayment | 'absent'>> {
  if (ref !== undefined) {
    if (!isNumber(ref)) return notANumber;
    const told = await ask('GetState', { PaymentId: ref }, waitUntil(until, 0.6));
    const payment = told.tag === 'yes' ? paymentIn(told.answer) : undefined;
    if (told.tag === 'yes' && payment === undefined) return unreadable;
    if (told.tag === 'yes' && payment !== undefined && told.answer.OrderId === paymentId) {
      return done(payment);
    }
    if (told.tag !== 'yes' && told.tag !== 'no') return told;
    if (told.tag === 'no' && isKeyTrouble(told.code)) return troubleOfCode(told.code);
  }
  return ordered(ask, paymentId, ref, until);
}

/** Asks what became of an order: nothing, as long as no payment is listed. */
export async function ordered(
  ask: Ask,
  paymentId: string,
  ref: string | undefined,
  until: number,
): Promise<Outcome<TbankPayment | 'absent'>> {
  const told = await ask('CheckOrder', { OrderId: paymentId }, waitUntil(until));
  if (told.tag === 'no') return isKeyTrouble(told.code) ? troubleOfCode(told.code) : unanswered;
  if (told.tag !== 'yes') return told;
  const { OrderId = paymentId, Payments: payments } = told.answer;
  if (payments === undefined || OrderId !== paymentId) return unreadable;
  return done(foremost(payments, ref) ?? 'absent');
}

const unanswered: Trouble = { tag: 'unknown', why: 'the provider does not answer the question' };

/** Asks how a payment stands, in our words. */
export async function query(
  ask: Ask,
  mode: Claim['mode'],
  key: PaymentKey,
  until: number,
): Promise<Outcome<Claim | 'absent'>> {
  const found = await standing(ask, key, until);
  if (found.tag !== 'done') return found;
  return found.value === 'absent' ? absent : done(claimFrom(found.value, mode));
}

/** Looks by the bank's number alone: what a hint points at. */
export async function look(
  ask: Ask,
  mode: Claim['mode'],
  ref: string,
  until: number,
): Promise<Outcome<Snapshot | 'absent'>> {
  if (!isNumber(ref)) return notANumber;
  const told = await ask('GetState', { PaymentId: ref }, waitUntil(until));
  if (told.tag === 'no') {
    if (isKeyTrouble(told.code)) return troubleOfCode(told.code);
    // No state is wrong for a question, so this says that there is no such payment.
    return told.code === '7' || told.code === '8' ? absent : unanswered;
  }
  if (told.tag !== 'yes') return told;
  const payment = paymentIn(told.answer);
  const { OrderId: id } = told.answer;
  if (payment === undefined || id === undefined) return unreadable;
  return done({ of: { by: 'id', id }, claim: claimFrom(payment, mode) });
}
