import type {
  CreateCommand,
  Created,
  Outcome,
  Snapshot,
} from '../../../application/ports/payment-provider.ts';
import { isEqual } from '../../../domain/money.ts';
import type { Claim } from '../../../domain/payment-claim.ts';
import { unreadable, type Trouble } from '../trouble.ts';
import { call, twice, type Answer, type QiwiAccess } from './qiwi-calls.ts';
import { fromQiwiAmount } from './qiwi-money.ts';
import { billShape, type QiwiBill } from './qiwi-objects.ts';
import { billRequest, claimFrom, createdFrom } from './qiwi-wire.ts';

export const unheard: Trouble = { tag: 'invalid', why: 'the provider knows no such payment' };
const strange: Trouble = { tag: 'unknown', why: 'the bill is in a state nobody has heard of' };

export const billPath = (id: string): string => `/bills/${encodeURIComponent(id)}`;

/** Asks for the bill of one id, and believes no answer about another. */
async function findBill(access: QiwiAccess, id: string, until: number): Promise<Answer<QiwiBill>> {
  const wish = { method: 'GET', path: billPath(id), shape: billShape } as const;
  return ofBill(id, await call(access, wish, until));
}

const ofBill = (id: string, answer: Answer<QiwiBill>): Answer<QiwiBill> =>
  answer.tag === 'done' && answer.value !== 'absent' && answer.value.billId !== id
    ? unreadable
    : answer;

/** Writes the bill out. Its id is ours, so however often that is done there is one. */
export async function createBill(
  access: QiwiAccess,
  command: CreateCommand,
  until: number,
): Promise<Outcome<Created>> {
  const { paymentId, amount, returnUrl } = command;
  const body = billRequest(command);
  if (body === undefined) return { tag: 'invalid', why: 'this sum cannot be charged there' };
  const wish = { method: 'PUT', path: billPath(paymentId), body, shape: billShape } as const;
  const made = ofBill(paymentId, await twice(access, wish, until));
  const isRefused = made.tag === 'invalid' || (made.tag === 'done' && made.value === 'absent');
  const answer = isRefused ? await findBill(access, paymentId, until) : made;
  if (answer.tag !== 'done') return isRefused ? afterRefusal(made, answer) : answer;
  // Refused, and not there: nothing went out under this id before.
  if (answer.value === 'absent') return made.tag === 'invalid' ? made : unheard;

  const asked = fromQiwiAmount(answer.value.amount);
  if (asked === undefined || !isEqual(asked, amount)) {
    return { tag: 'unknown', why: 'there is a bill of another sum under this id' };
  }
  const created = createdFrom(answer.value, returnUrl);
  return created === undefined ? unreadable : { tag: 'done', value: created };
}

/** A call that was refused may repeat one that was not: as long as nobody says that there is no bill, there may be. */
function afterRefusal(made: Answer<QiwiBill>, looked: Trouble): Outcome<never> {
  if (made.tag === 'invalid' && looked.tag === 'invalid') return made;
  return { tag: 'unknown', why: 'refused, and nobody can tell whether there is a bill already' };
}

/** How a bill stands. */
export async function askBill(
  access: QiwiAccess,
  id: string,
  mode: Claim['mode'],
  until: number,
): Promise<Outcome<Claim | 'absent'>> {
  return claimOf(await findBill(access, id, until), mode);
}

/** The same, with whose it is. */
export async function lookAtBill(
  access: QiwiAccess,
  id: string,
  mode: Claim['mode'],
  until: number,
): Promise<Outcome<Snapshot | 'absent'>> {
  const asked = await askBill(access, id, mode, until);
  if (asked.tag !== 'done') return asked;
  if (asked.value === 'absent') return { tag: 'done', value: 'absent' };
  return { tag: 'done', value: { of: { by: 'id', id }, claim: asked.value } };
}

function claimOf(answer: Answer<QiwiBill>, mode: Claim['mode']): Outcome<Claim | 'absent'> {
  if (answer.tag !== 'done') return answer;
  if (answer.value === 'absent') return { tag: 'done', value: 'absent' };
  const claim = claimFrom(answer.value, mode);
  return claim === undefined ? strange : { tag: 'done', value: claim };
}

/**
 * Rejects an open bill. Where that was refused or its answer is lost, the bill itself tells: closed, it counts as it
 * stands; open after a lost answer, the call may still be on its way.
 */
export async function rejectBill(
  access: QiwiAccess,
  id: string,
  mode: Claim['mode'],
  until: number,
): Promise<Outcome<Claim>> {
  const wish = { method: 'POST', path: `${billPath(id)}/reject`, shape: billShape } as const;
  const told = claimOf(ofBill(id, await call(access, wish, until, 0.5)), mode);
  if (told.tag === 'not-attempted' || told.tag === 'declined') return told;
  const looked = told.tag === 'done' ? told : await askBill(access, id, mode, until);
  if (looked.tag !== 'done') {
    return told.tag === 'unknown' ? told : { tag: 'unknown', why: 'refused, and nobody tells why' };
  }
  if (looked.value === 'absent') return unheard;
  if (told.tag === 'unknown' && looked.value.state === 'open') return told;
  return { tag: 'done', value: looked.value };
}
