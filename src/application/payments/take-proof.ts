import type { PaymentId, RefundId } from '../../domain/ids.ts';
import type { Claim } from '../../domain/payment-claim.ts';
import type { PaymentProvider } from '../ports/payment-provider.ts';
import type { Applied, InboxEvent } from '../ports/payment-store.ts';
import type { Randomness } from '../ports/randomness.ts';
import { byChildren, tellsOfChildren, type ChildrenTold } from './settle-children.ts';
import { byClaim, type Decide, type SettlePayment } from './settle-payment.ts';

/** What was proved of a payment. */
export interface Proof extends Omit<ChildrenTold, 'refundedTotal'> {
  readonly claim: Claim;
}

/**
 * Brings a proof into the books: first what it says of the payment, then what it says of refunds and disputes. The
 * event counts as taken with the last of it, so a crash in between is mended by its repetition.
 */
export const takeProof =
  (settle: SettlePayment, remember: RememberMethod, randomness: Randomness) =>
  async (
    provider: Pick<PaymentProvider, 'code' | 'mode'>,
    id: PaymentId,
    { claim, refund, dispute }: Proof,
    event: InboxEvent | undefined,
  ): Promise<Applied> => {
    const told: ChildrenTold = { refundedTotal: claim.refundedTotal, refund, dispute };
    const only = ofProvider(provider.code);
    const hasMore = tellsOfChildren(told);
    const first = only(byClaim(claim, provider.mode));
    const applied = await settle(id, first, hasMore ? undefined : event);
    if ('payment' in applied && claim.saved !== undefined) {
      await remember(applied.payment, claim.saved);
    }
    if (!hasMore || applied.result === 'payment-unknown') return applied;
    const children = byChildren(told, randomness.id() as RefundId);
    const after = await settle(id, only(children), event);
    return after.result === 'same' && applied.result === 'moved' ? applied : after;
  };
export type TakeProof = ReturnType<typeof takeProof>;

/** Keeps a remembered method of a payment whose payer agreed to it; harmless when repeated. */
export type RememberMethod = (
  payment: Extract<Applied, { readonly payment: unknown }>['payment'],
  saved: NonNullable<Claim['saved']>,
) => Promise<void>;

/** One provider's proof says nothing of another provider's payment, whatever id it carries. */
const ofProvider =
  (code: string) =>
  (decide: Decide): Decide =>
  (payment, now, children) =>
    payment.provider === code
      ? decide(payment, now, children)
      : { kind: 'conflict', why: `a proof of ${code} for a payment of ${payment.provider}` };
