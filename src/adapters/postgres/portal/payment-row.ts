import type { Currency } from '../../../domain/currency.ts';
import type {
  AccountId,
  CustomerId,
  PaymentId,
  SavedMethodId,
  StaffId,
} from '../../../domain/ids.ts';
import type { Instrument } from '../../../domain/instrument.ts';
import { invariant } from '../../../domain/invariant.ts';
import { money, type Money } from '../../../domain/money.ts';
import type { DeclineReason } from '../../../domain/payment-claim.ts';
import type { PaymentState } from '../../../domain/payment-moves.ts';
import type {
  Payment,
  PaymentFacts,
  Redirect,
  ReviewEnd,
  ReviewProposal,
} from '../../../domain/payment.ts';
import type { Instant } from '../../../domain/time.ts';
import { toQuote } from './quote-json.ts';

export interface PaymentRow {
  readonly customer_id: string;
  readonly id: string;
  readonly number: number | null;
  readonly request_hash: string;
  readonly account_id: string;
  readonly account_number: string;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly fee_minor: bigint;
  readonly charge_minor: bigint;
  readonly charge_currency: string;
  readonly quote: unknown;
  readonly method: string;
  readonly provider: string;
  readonly provider_method: string | null;
  readonly holds: boolean;
  readonly saves: boolean;
  readonly saved_method_id: string | null;
  readonly state: PaymentState;
  readonly provider_ref: string | null;
  readonly redirect: Redirect | null;
  readonly expires_at: Instant | null;
  readonly paid_at: Instant | null;
  readonly late: boolean | null;
  readonly reason: string | null;
  readonly why: string | null;
  readonly captured_minor: bigint | null;
  readonly captured_currency: string | null;
  readonly provider_fee_minor: bigint | null;
  readonly proposed_as: string | null;
  readonly proposed_by: string | null;
  readonly instrument: Instrument | null;
  readonly attempts: number;
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

/** Reads a row as the payment it is; a row without what its state needs is a bug. */
export function toPayment(row: PaymentRow): Payment {
  const facts = factsOf(row);
  const providerRef = row.provider_ref ?? undefined;
  const redirect = row.redirect ?? undefined;
  const { state } = row;
  switch (state) {
    case 'created':
    case 'initiating':
      return { ...facts, state };
    case 'pending':
    case 'canceling':
      invariant(row.expires_at !== null, `${state} payment ${row.id} without expiry`);
      return { ...facts, state, providerRef, redirect, expiresAt: row.expires_at };
    case 'capturing':
      return { ...facts, state, providerRef, captured: capturedOf(row) };
    case 'succeeded':
      return { ...facts, state, providerRef, ...successOf(row) };
    case 'failed':
      return { ...facts, state, providerRef, reason: (row.reason ?? 'declined') as DeclineReason };
    case 'review': {
      const captured = row.captured_minor === null ? undefined : capturedOf(row);
      const proposal = proposalOf(row);
      return { ...facts, state, providerRef, why: row.why ?? '', captured, proposal };
    }
    case 'authorized':
    case 'canceled':
    case 'expired':
      return { ...facts, state, providerRef };
  }
}

const factsOf = (row: PaymentRow): PaymentFacts => ({
  id: row.id as PaymentId,
  number: row.number ?? undefined,
  customerId: row.customer_id as CustomerId,
  accountId: row.account_id as AccountId,
  accountNumber: row.account_number,
  amount: money(row.amount_minor, row.currency as Currency),
  fee: money(row.fee_minor, row.currency as Currency),
  charge: money(row.charge_minor, row.charge_currency as Currency),
  quote: toQuote(row.quote),
  method: row.method,
  provider: row.provider,
  providerMethod: row.provider_method ?? undefined,
  holds: row.holds,
  saves: row.saves,
  savedMethod: (row.saved_method_id ?? undefined) as SavedMethodId | undefined,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  attempts: row.attempts,
});

function capturedOf({ id, captured_minor: minor, captured_currency: currency }: PaymentRow): Money {
  invariant(minor !== null && currency !== null, `payment ${id} without what was taken`);
  return money(minor, currency as Currency);
}

const proposalOf = (row: PaymentRow): ReviewProposal | undefined =>
  row.proposed_as === null || row.proposed_by === null
    ? undefined
    : { as: row.proposed_as as ReviewEnd, by: row.proposed_by as StaffId };

function successOf(row: PaymentRow) {
  invariant(row.paid_at !== null, `paid payment ${row.id} without its time`);
  const captured = capturedOf(row);
  const fee = row.provider_fee_minor;
  const providerFee = fee === null ? undefined : money(fee, captured.currency);
  const instrument = row.instrument === null ? {} : { instrument: row.instrument };
  return { paidAt: row.paid_at, late: row.late === true, captured, providerFee, ...instrument };
}
