import type { Money } from '../money.ts';
import type { CalendarDay, Instant } from '../time.ts';

interface Told {
  readonly at: Instant;
  readonly memo: string;
  /** A day to book it on, where that of `at` will not do. */
  readonly bookOn?: CalendarDay;
}
interface AtProvider extends Told {
  readonly provider: string;
  readonly amount: Money;
}
interface Case extends AtProvider {
  readonly caseId: string;
}

/** Everything that happens to money here. The same event told twice has one effect. */
export type LedgerEvent =
  | (Told & {
      readonly type: 'charge-raised';
      readonly invoiceId: string;
      readonly account: string;
      readonly amount: Money;
      readonly service?: string;
    })
  | (Told & {
      readonly type: 'charge-cancelled';
      readonly invoiceId: string;
      readonly account: string;
    })
  | (AtProvider & {
      readonly type: 'payment-captured';
      readonly paymentId: string;
      /** The provider's own name of it. */
      readonly ref?: string;
      /** Absent where nobody knows whose money it is. */
      readonly account?: string;
      /** What the payer was charged, where that is not the sum itself. */
      readonly captured?: Money;
      readonly fee?: Money;
      /** We know it from the provider's register only. */
      readonly byRegistry?: boolean;
    })
  | (AtProvider & { readonly type: 'fee-known'; readonly paymentId: string })
  /** The amount is the difference: above zero is a dearer fee, below a cheaper one. */
  | (AtProvider & {
      readonly type: 'fee-corrected';
      readonly registryId: string;
      readonly line: number;
    })
  | (AtProvider & {
      readonly type: 'settled';
      readonly batchId: string;
      readonly bankAccount?: string;
    })
  | (AtProvider & { readonly type: 'reserve-withheld'; readonly batchId: string })
  | (AtProvider & { readonly type: 'reserve-released'; readonly batchId: string })
  | (AtProvider & {
      readonly type: 'refund-requested';
      readonly refundId: string;
      readonly paymentId: string;
      readonly account: string;
    })
  | (AtProvider & {
      readonly type: 'refund-confirmed';
      readonly refundId: string;
      readonly account: string;
    })
  | (Told & {
      readonly type: 'refund-failed';
      readonly refundId: string;
      readonly account: string;
    })
  | (Case & {
      readonly type: 'chargeback-opened';
      readonly paymentId: string;
      readonly fee?: Money;
    })
  /** With an account its debt is restored, without one the money is lost. */
  | (Case & { readonly type: 'chargeback-lost'; readonly account?: string })
  | (Case & { readonly type: 'chargeback-won' })
  | (Case & { readonly type: 'owner-found'; readonly account: string })
  | (Case & { readonly type: 'owner-never-found' })
  /** Above zero is money that is missing at the provider, below is money too much. */
  | (Case & { readonly type: 'difference-tolerated' })
  | (Told & {
      readonly type: 'converted';
      readonly id: string;
      readonly from: Money;
      readonly to: Money;
    })
  /** An entry was wrong: its mirror, and then a new one under another key. */
  | (Told & { readonly type: 'entry-reversed'; readonly key: string; readonly account?: string });

export type LedgerEventType = LedgerEvent['type'];
export type EventOf<Type extends LedgerEventType> = Extract<LedgerEvent, { readonly type: Type }>;
