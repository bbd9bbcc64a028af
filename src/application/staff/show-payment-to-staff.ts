import { disputedSum, type Dispute } from '../../domain/dispute.ts';
import type { PaymentId, StaffId } from '../../domain/ids.ts';
import type { Payment } from '../../domain/payment.ts';
import {
  needsSecondPerson,
  refundSums,
  type Refund,
  type RefundSums,
} from '../../domain/refund.ts';
import type { Staff } from '../../domain/staff.ts';
import type { PaymentDesk } from '../ports/payment-desk.ts';
import type { PaymentProvider } from '../ports/payment-provider.ts';
import type { RefundStore } from '../ports/refund-store.ts';
import type { JournalEntry, StaffStore } from '../ports/staff-store.ts';
import type { RefundRules } from '../refunds/request-refund.ts';

/** All the desk knows of a payment. */
export interface StaffPaymentView {
  readonly payment: Payment;
  readonly refunds: readonly Refund[];
  readonly disputes: readonly Dispute[];
  /** Of a paid one. */
  readonly sums: RefundSums | undefined;
  /** What one person may pay back alone, in the currency of the charge. */
  readonly alone: RefundRules[number] | undefined;
  /** Whether a review of it takes two people. */
  readonly reviewTakesTwo: boolean;
  /** What its provider can do. */
  readonly can: { readonly refund: boolean; readonly capture: boolean; readonly release: boolean };
  readonly journal: readonly JournalEntry[];
  readonly people: ReadonlyMap<StaffId, Staff>;
}

const journalRows = 50;

/** Gathers what staff have to see before they decide; undefined for no such payment. */
export const showPaymentToStaff =
  (
    desk: PaymentDesk,
    refundStore: RefundStore,
    staff: StaffStore,
    providers: readonly PaymentProvider[],
    rules: RefundRules,
  ) =>
  async (id: PaymentId): Promise<StaffPaymentView | undefined> => {
    const payment = await desk.find(id);
    if (payment === undefined) return undefined;
    const [refunds, disputes, journal, all] = await Promise.all([
      refundStore.of(id),
      refundStore.disputesOf(id),
      staff.journal(journalRows, id),
      staff.list(),
    ]);
    const provider = providers.find(({ code }) => code === payment.provider);
    const isPaid = payment.state === 'succeeded';
    const { currency } = payment.charge;
    const inQuestion = payment.state === 'review' ? payment.captured : undefined;
    const isHeld = payment.state === 'authorized';
    return {
      ...{ payment, refunds, disputes, journal },
      sums: isPaid ? refundSums(payment, refunds, disputedSum(disputes, currency)) : undefined,
      alone: rules.find((limit) => limit.currency === currency),
      reviewTakesTwo: needsSecondPerson(inQuestion ?? payment.charge, rules),
      can: {
        refund: isPaid && provider?.refund !== undefined,
        capture: isHeld && provider?.capture !== undefined,
        release: isHeld && provider?.cancel !== undefined,
      },
      people: new Map(all.map((person) => [person.id, person])),
    };
  };
export type ShowPaymentToStaff = ReturnType<typeof showPaymentToStaff>;
