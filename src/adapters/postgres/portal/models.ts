import { Model } from 'objection';
import type { Instrument } from '../../../domain/instrument.ts';
import type { Instant } from '../../../domain/time.ts';
import type { CustomerRow } from './customer-row.ts';

/** Rows of `customer`, for Objection. */
export class CustomerModel extends Model implements CustomerRow {
  static override readonly tableName = 'customer';
  declare readonly id: string;
  declare readonly contract: string;
  declare readonly name: string;
  declare readonly phone: string;
  declare readonly email: string | null;
  declare readonly locale: string;
  declare readonly version: bigint;
}

/** Rows of `receipt`, for Objection. */
export class ReceiptModel extends Model {
  static override readonly tableName = 'receipt';
  static override readonly idColumn = ['customer_id', 'payment_id'];
  declare readonly customer_id: string;
  declare readonly payment_id: string;
  declare readonly number: string;
  declare readonly code: string;
  declare readonly issued_at: Instant;
  declare readonly paid_at: Instant;
  declare readonly account_number: string;
  declare readonly amount_minor: bigint;
  declare readonly currency: string;
  declare readonly method: string;
  declare readonly provider: string;
  declare readonly provider_ref: string | null;
  declare readonly fee_minor: bigint;
  declare readonly total_minor: bigint;
  declare readonly total_currency: string;
  declare readonly instrument: Instrument | null;
}

/** Rows of `refund_receipt`, for Objection. */
export class RefundReceiptModel extends Model {
  static override readonly tableName = 'refund_receipt';
  static override readonly idColumn = ['customer_id', 'refund_id'];
  declare readonly customer_id: string;
  declare readonly refund_id: string;
  declare readonly payment_id: string;
  declare readonly number: string;
  declare readonly code: string;
  declare readonly issued_at: Instant;
  declare readonly account_number: string;
  declare readonly amount_minor: bigint;
  declare readonly currency: string;
  declare readonly total_minor: bigint;
  declare readonly total_currency: string;
  declare readonly method: string;
  declare readonly provider: string;
  declare readonly provider_ref: string | null;
}

/** Rows of `receipt_seal`, for Objection. */
export class ReceiptSealModel extends Model {
  static override readonly tableName = 'receipt_seal';
  static override readonly idColumn = ['customer_id', 'code'];
  declare readonly customer_id: string;
  declare readonly code: string;
  declare readonly content: string;
  declare readonly kid: string;
  declare readonly signature: string;
}
