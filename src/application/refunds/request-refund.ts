import { disputedSum } from '../../domain/dispute.ts';
import type { PaymentId, RefundId, StaffId } from '../../domain/ids.ts';
import { isEqual, type Money } from '../../domain/money.ts';
import {
  checkRefund,
  debitFor,
  needsSecondPerson,
  refundSums,
  type Refund,
  type RefundRefusal,
} from '../../domain/refund.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { PaymentProvider } from '../ports/payment-provider.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { Decide, SettlePayment } from '../payments/settle-payment.ts';
import type { SendRefund } from './send-refund.ts';

export interface RefundRequest {
  readonly paymentId: PaymentId;
  readonly amount: Money;
  readonly reason: string;
  readonly staff: StaffId;
  /** Chosen by whoever asks: after a lost answer they ask again with it, and it is one refund. */
  readonly key?: string;
}
export type RequestRefundRefusal =
  | RefundRefusal
  | { readonly reason: 'not-found' }
  /** The key stands for another sum or reason. */
  | { readonly reason: 'idempotency-conflict' }
  | { readonly reason: 'not-paid' }
  | { readonly reason: 'provider-cannot-refund' };

/** Who may pay back how much alone: above these sums, and in any other currency, a second person has to agree. */
export type RefundRules = readonly Money[];

/**
 * Records that money shall go back to the payer, under the payment's lock: what is asked for cannot be asked for
 * twice. A small sum is sent at once; a large one waits for a second person.
 */
export const requestRefund =
  (
    settle: SettlePayment,
    providers: readonly PaymentProvider[],
    rules: RefundRules,
    send: SendRefund,
    randomness: Randomness,
  ) =>
  async (request: RefundRequest): Promise<Result<Refund, RequestRefundRefusal>> => {
    const id = randomness.id() as RefundId;
    const seen: Seen = {};
    const decide: Decide = (payment, now, children) => {
      const before = children.refunds.find(({ requestKey }) => isKey(requestKey, request));
      if (before !== undefined) {
        seen.repeated = repeated(before, request);
        return { kind: 'same' };
      }
      const result = newRefund(request, { id, payment, children, providers, rules, now });
      seen.result = result;
      return result.ok ? { kind: 'children', refunds: [result.value] } : { kind: 'same' };
    };
    const applied = await settle(request.paymentId, decide);
    if (seen.repeated !== undefined) return seen.repeated;
    const { result } = seen;
    if (applied.result === 'payment-unknown' || result === undefined) {
      return refused({ reason: 'not-found' });
    }
    if (!result.ok || result.value.state !== 'sending') return result;
    return ok((await send(result.value)) ?? result.value);
  };
export type RequestRefund = ReturnType<typeof requestRefund>;

interface Seen {
  result?: Result<Refund, RequestRefundRefusal>;
  repeated?: Result<Refund, RequestRefundRefusal>;
}

const isKey = (requestKey: string | undefined, { key }: RefundRequest): boolean =>
  key !== undefined && requestKey === key;

/** The refund as it stands, if it is what was asked for the first time. */
const repeated = (
  before: Refund,
  { amount, reason }: RefundRequest,
): Result<Refund, RequestRefundRefusal> =>
  isEqual(before.amount, amount) && before.reason === reason
    ? ok(before)
    : refused({ reason: 'idempotency-conflict' });

interface Circumstances {
  readonly id: RefundId;
  readonly payment: Parameters<Decide>[0];
  readonly children: Parameters<Decide>[2];
  readonly providers: readonly PaymentProvider[];
  readonly rules: RefundRules;
  readonly now: Parameters<Decide>[1];
}

function newRefund(
  { amount, reason, staff, key }: RefundRequest,
  { id, payment, children, providers, rules, now }: Circumstances,
): Result<Refund, RequestRefundRefusal> {
  if (payment.state !== 'succeeded') return refused({ reason: 'not-paid' });
  const provider = providers.find(({ code }) => code === payment.provider);
  if (provider?.refund === undefined) return refused({ reason: 'provider-cannot-refund' });
  const disputed = disputedSum(children.disputes, payment.captured.currency);
  const checked = checkRefund(amount, refundSums(payment, children.refunds, disputed));
  if (!checked.ok) return checked;
  const waits = needsSecondPerson(amount, rules);
  return ok({
    id,
    paymentId: payment.id,
    customerId: payment.customerId,
    provider: payment.provider,
    amount,
    debit: debitFor(amount, payment, children.refunds),
    state: waits ? 'requested' : 'sending',
    origin: 'staff',
    reason,
    requestedBy: staff,
    approvedBy: undefined,
    ...(key !== undefined && { requestKey: key }),
    providerRef: undefined,
    createdAt: now,
    updatedAt: now,
    // The call of whoever asked is the first one; the worker makes the next.
    attempts: waits ? 0 : 1,
  });
}
