import {
  nextAutoPayLook,
  type AutoPay,
  type AutoPayEnd,
  type AutoPayStage,
  type LastRound,
} from '../../../domain/autopay.ts';
import type { Currency } from '../../../domain/currency.ts';
import type {
  AccountId,
  ConsentId,
  CustomerId,
  PaymentId,
  SavedMethodId,
} from '../../../domain/ids.ts';
import { invariant } from '../../../domain/invariant.ts';
import { money } from '../../../domain/money.ts';
import type { Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';

/** A row of the table `autopay`. */
export interface AutoPayRow {
  readonly customer_id: CustomerId;
  readonly account_id: AccountId;
  readonly consent_id: ConsentId;
  readonly saved_method_id: SavedMethodId;
  readonly limit_minor: bigint;
  readonly currency: Currency;
  readonly day_of_month: number;
  readonly stage: AutoPayStage['tag'];
  readonly charge_at: Instant;
  readonly amount_minor: bigint | null;
  readonly payment_id: PaymentId | null;
  readonly last_end: AutoPayEnd | null;
  readonly last_at: Instant | null;
  readonly last_minor: bigint | null;
  readonly last_payment_id: PaymentId | null;
}

export const toAutoPay = (row: AutoPayRow): AutoPay => ({
  customerId: row.customer_id,
  accountId: row.account_id,
  consentId: row.consent_id,
  savedMethod: row.saved_method_id,
  limit: money(row.limit_minor, row.currency),
  dayOfMonth: row.day_of_month,
  stage: toStage(row),
  last: toLast(row),
});

function toStage(row: AutoPayRow): AutoPayStage {
  const { stage: tag, charge_at: chargeAt, amount_minor: minor, currency } = row;
  if (tag === 'waiting' || minor === null) return { tag: 'waiting', chargeAt };
  const amount = money(minor, currency);
  if (tag === 'announced') return { tag, chargeAt, amount };
  invariant(row.payment_id !== null, `the charge of account ${row.account_id} names no payment`);
  return { tag, chargeAt, amount, payment: row.payment_id };
}

function toLast(row: AutoPayRow): LastRound | undefined {
  const { last_end: end, last_at: at, last_minor: minor, currency } = row;
  if (end === null || at === null) return undefined;
  const amount = minor === null ? undefined : money(minor, currency);
  return { end, at, amount, payment: row.last_payment_id ?? undefined };
}

/** Where a round stands and how the last one ended, as parameters $1 to $10 of a statement. */
export function roundValues(autopay: AutoPay): unknown[] {
  const { customerId, accountId, stage, last } = autopay;
  return [
    ...[customerId, accountId, stage.tag, timestamp(stage.chargeAt)],
    stage.tag === 'waiting' ? null : stage.amount.minor,
    stage.tag === 'charging' ? stage.payment : null,
    last?.end ?? null,
    last === undefined ? null : timestamp(last.at),
    last?.amount?.minor ?? null,
    last?.payment ?? null,
    timestamp(nextAutoPayLook(autopay)),
  ];
}
