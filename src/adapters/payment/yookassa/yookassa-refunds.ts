import { z } from 'zod';
import type {
  Outcome,
  PaymentProvider,
  RefundKey,
} from '../../../application/ports/payment-provider.ts';
import type { RefundClaim } from '../../../domain/refund-settlement.ts';
import { callYookassa, type Answer, type YookassaAccess } from './yookassa-calls.ts';
import {
  refundClaimFrom,
  refundRequest,
  refundShape,
  type YookassaRefund,
} from './yookassa-wire.ts';

const deadlineMs = 10_000;
const listShape = z.object({ items: z.array(refundShape) });
const refPattern = /^[\w-]{1,64}$/;

/** Paying back. The refund's own id is the key, so a repetition is the same refund. */
export function refundsOf(
  access: YookassaAccess,
): Required<Pick<PaymentProvider, 'refund' | 'queryRefund'>> {
  return {
    refund: async (command) => {
      const { ref } = command.payment;
      if (ref === undefined) return { tag: 'invalid', why: 'this is no payment of theirs' };
      const post = { body: refundRequest(command, ref), key: command.refundId };
      const call = { path: '/refunds', shape: refundShape, post, deadlineMs };
      const outcome = claimed(await callYookassa(access, call));
      if (outcome.tag !== 'done') return outcome;
      const { value } = outcome;
      return value === 'absent'
        ? { tag: 'invalid', why: 'no such payment' }
        : { tag: 'done', value };
    },
    queryRefund: (key) => query(access, key),
  };
}

async function query(
  access: YookassaAccess,
  { refundId, ref, payment }: RefundKey,
): Promise<Outcome<RefundClaim | 'absent'>> {
  if (ref !== undefined && refPattern.test(ref)) {
    const call = { path: `/refunds/${ref}`, shape: refundShape, deadlineMs };
    return claimed(await callYookassa(access, call));
  }
  // A payment has few refunds; ours carry our own id.
  const path = `/refunds?payment_id=${encodeURIComponent(payment.ref ?? '')}&limit=100`;
  const listed = await callYookassa(access, { path, shape: listShape, deadlineMs });
  if (listed.tag !== 'done') return listed;
  if (listed.value === 'absent') return { tag: 'done', value: 'absent' };
  const found = listed.value.items.find(({ metadata }) => metadata?.['refund_id'] === refundId);
  return found === undefined
    ? { tag: 'done', value: 'absent' }
    : claimed({ tag: 'done', value: found });
}

function claimed(answer: Answer<YookassaRefund>): Outcome<RefundClaim | 'absent'> {
  if (answer.tag !== 'done' || answer.value === 'absent') return answer as Outcome<'absent'>;
  const claim = refundClaimFrom(answer.value);
  if (claim === undefined)
    return { tag: 'unknown', why: 'a refund in a state nobody has heard of' };
  return { tag: 'done', value: claim };
}
