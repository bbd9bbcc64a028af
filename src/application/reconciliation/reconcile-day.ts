import { isId, type PaymentId } from '../../domain/ids.ts';
import { decimalText, money, type Money } from '../../domain/money.ts';
import { providerRefOf, type Payment } from '../../domain/payment.ts';
import {
  reconcile,
  type Break,
  type OurLine,
  type RegistryLine,
} from '../../domain/reconciliation.ts';
import { isoText, nextDay, startOfDay, type CalendarDay } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { PaymentDesk } from '../ports/payment-desk.ts';
import type { PaymentProvider } from '../ports/payment-provider.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import type { Randomness } from '../ports/randomness.ts';
import type {
  BreakCase,
  ReconciliationRun,
  ReconciliationStore,
} from '../ports/reconciliation-store.ts';
import type { RefundStore } from '../ports/refund-store.ts';
import { keyOf } from '../payments/key-of.ts';
import type { TakeProof } from '../payments/take-proof.ts';

/** What is read and written. */
export interface ReconcilingNeeds {
  readonly payments: PaymentStore;
  readonly desk: PaymentDesk;
  readonly refunds: RefundStore;
  readonly runs: ReconciliationStore;
}

export interface ReconcileRequest {
  readonly provider: PaymentProvider;
  readonly day: CalendarDay;
  /** The zone the provider's day is in. */
  readonly zone: string;
  readonly source: 'list' | 'registry';
  readonly hash: string | undefined;
  readonly lines: readonly RegistryLine[];
}

const pageSize = 500;

/**
 * Holds one provider's day against ours, both ways, and heals what the provider itself proves when asked: payments that
 * are paid there and open here, refunds made in its cabinet. Nothing is ever booked from the register alone.
 */
export const reconcileDay =
  (needs: ReconcilingNeeds, take: TakeProof, randomness: Randomness, clock: Clock) =>
  async (request: ReconcileRequest): Promise<ReconciliationRun> => {
    const { provider, day, zone, source, hash, lines } = request;
    const window = { from: startOfDay(day, zone), to: startOfDay(nextDay(day), zone) };
    const ours = await ourLines(needs, provider.code, window, lines);
    const { matched, breaks } = reconcile(ours, lines, window);
    const cases: BreakCase[] = [];
    for (const each of breaks) {
      const isHealed = await heal(each, provider, needs, take);
      cases.push(caseOf(each, isHealed));
    }
    const run = {
      ...{ id: randomness.id(), provider: provider.code, day, source, hash, matched },
      ...{ ranAt: clock.now(), lines: lines.length, breaks: cases },
    };
    await needs.runs.save(run);
    return run;
  };
export type ReconcileDay = ReturnType<typeof reconcileDay>;

/** All we call paid within the window, and whatever else the lines name. */
async function ourLines(
  { payments, desk, refunds }: ReconcilingNeeds,
  provider: string,
  { from, to }: { readonly from: Payment['createdAt']; readonly to: Payment['createdAt'] },
  lines: readonly RegistryLine[],
): Promise<OurLine[]> {
  const found = new Map<PaymentId, Payment>();
  for (let after: PaymentId | undefined, isMore = true; isMore;) {
    const page = await desk.paidBetween(provider, from, to, pageSize, after);
    for (const payment of page) found.set(payment.id, payment);
    after = page.at(-1)?.id;
    isMore = page.length === pageSize;
  }
  const known = new Set([...found.values()].map(providerRefOf));
  for (const { ref, paymentId } of lines) {
    if (known.has(ref)) continue;
    const byId = isId(paymentId ?? '') ? (paymentId as PaymentId) : undefined;
    const id = (await payments.locate(provider, { by: 'ref', ref })) ?? byId;
    const payment = id && (await desk.find(id));
    if (payment?.provider === provider) found.set(payment.id, payment);
  }
  const paidBack = await refunds.paidBack([...found.keys()]);
  return [...found.values()].map((payment) => ourLine(payment, paidBack.get(payment.id) ?? 0n));
}

function ourLine(payment: Payment, refundedMinor: bigint): OurLine {
  const isPaid = payment.state === 'succeeded';
  const gross = isPaid ? payment.captured : payment.charge;
  return {
    paymentId: payment.id,
    ref: providerRefOf(payment),
    isPaid,
    gross,
    fee: isPaid ? payment.providerFee : undefined,
    refunded: money(refundedMinor, gross.currency),
    paidAt: isPaid ? payment.paidAt : undefined,
  };
}

const healable: readonly Break['code'][] = ['STATUS_DIFF', 'REFUND_DIFF', 'MISSING_THERE'];

/** Asks the provider about one payment and takes its word; answers whether that changed anything. */
async function heal(
  { code, ours }: Break,
  provider: PaymentProvider,
  { desk }: ReconcilingNeeds,
  take: TakeProof,
): Promise<boolean> {
  if (!healable.includes(code) || ours === undefined) return false;
  const payment = await desk.find(ours.paymentId as PaymentId);
  if (payment === undefined) return false;
  const answer = await provider.query?.(keyOf(payment));
  if (answer?.tag !== 'done' || answer.value === 'absent') return false;
  const applied = await take(provider, payment.id, { claim: answer.value }, undefined);
  return applied.result === 'moved';
}

function caseOf({ code, ours, theirs }: Break, isHealed: boolean): BreakCase {
  return {
    code,
    paymentId: ours?.paymentId ?? theirs?.paymentId,
    ref: theirs?.ref ?? ours?.ref,
    ours: ours === undefined ? '' : ourText(ours),
    theirs: theirs === undefined ? '' : theirText(theirs),
    state: isHealed ? 'healed' : 'open',
  };
}

const sumText = (sum: Money): string => `${decimalText(sum)} ${sum.currency}`;

const ourText = ({ gross, fee, refunded, paidAt, isPaid }: OurLine): string =>
  [
    isPaid ? `paid ${paidAt === undefined ? '' : isoText(paidAt)}` : 'not paid',
    sumText(gross),
    ...(fee === undefined ? [] : [`fee ${sumText(fee)}`]),
    ...(refunded.minor === 0n ? [] : [`refunded ${sumText(refunded)}`]),
  ].join(', ');

const theirText = ({ gross, net, refunded, at }: RegistryLine): string =>
  [
    isoText(at),
    sumText(gross),
    ...(net === undefined ? [] : [`net ${sumText(net)}`]),
    ...(refunded === undefined || refunded.minor === 0n ? [] : [`refunded ${sumText(refunded)}`]),
  ].join(', ');
