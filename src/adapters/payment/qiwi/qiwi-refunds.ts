import type {
  Outcome,
  RefundCommand,
  RefundKey,
} from '../../../application/ports/payment-provider.ts';
import { isEqual } from '../../../domain/money.ts';
import type { RefundClaim } from '../../../domain/refund-settlement.ts';
import { unreadable, type Trouble } from '../trouble.ts';
import { billPath, unheard } from './qiwi-bills.ts';
import { call, twice, type Answer, type QiwiAccess } from './qiwi-calls.ts';
import { refundShape, type QiwiRefund } from './qiwi-objects.ts';
import { refundClaimFrom, refundRequest } from './qiwi-wire.ts';

const strange: Trouble = { tag: 'unknown', why: 'a refund in a state nobody has heard of' };

const refundPath = (paymentId: string, refundId: string): string =>
  `${billPath(paymentId)}/refunds/${encodeURIComponent(refundId)}`;

/** Pays back. The refund's id is in the path, so however often that is done it goes back once. */
export async function refundBill(
  access: QiwiAccess,
  { refundId, payment, amount }: RefundCommand,
  until: number,
): Promise<Outcome<RefundClaim>> {
  const body = refundRequest(amount);
  if (body === undefined) return { tag: 'invalid', why: 'this sum cannot be paid back there' };
  const path = refundPath(payment.paymentId, refundId);
  const wish = { method: 'PUT', path, body, shape: refundShape } as const;
  const made = claimOf(refundId, await twice(access, wish, until));
  if (made.tag === 'done') return made.value === 'absent' ? unheard : fitting(made.value, amount);
  if (made.tag !== 'invalid') return made;

  // A call that is refused may repeat one that was not, whose answer was lost.
  const looked = await findRefund(access, refundId, payment.paymentId, until);
  if (looked.tag !== 'done') {
    return { tag: 'unknown', why: 'refused, and nobody can tell whether it was paid back already' };
  }
  return looked.value === 'absent' ? made : fitting(looked.value, amount);
}

function fitting(claim: RefundClaim, amount: RefundCommand['amount']): Outcome<RefundClaim> {
  return claim.amount !== undefined && isEqual(claim.amount, amount)
    ? { tag: 'done', value: claim }
    : { tag: 'unknown', why: 'there is a refund of another sum under this id' };
}

/** Asks how a refund stands; its name there is our own. */
export const askRefund = (
  access: QiwiAccess,
  { refundId, payment }: RefundKey,
  until: number,
): Promise<Outcome<RefundClaim | 'absent'>> =>
  findRefund(access, refundId, payment.paymentId, until);

async function findRefund(
  access: QiwiAccess,
  refundId: string,
  paymentId: string,
  until: number,
): Promise<Outcome<RefundClaim | 'absent'>> {
  const path = refundPath(paymentId, refundId);
  return claimOf(refundId, await call(access, { method: 'GET', path, shape: refundShape }, until));
}

function claimOf(refundId: string, answer: Answer<QiwiRefund>): Outcome<RefundClaim | 'absent'> {
  if (answer.tag !== 'done') return answer;
  if (answer.value === 'absent') return { tag: 'done', value: 'absent' };
  if (answer.value.refundId !== refundId) return unreadable;
  const claim = refundClaimFrom(answer.value);
  return claim === undefined ? strange : { tag: 'done', value: claim };
}
