import type { AccountId, CustomerId } from '../../domain/ids.ts';
import type { Locale } from '../../domain/locale.ts';
import type { StatementPeriod } from '../../domain/statement.ts';
import type { Instant } from '../../domain/time.ts';

/** A statement somebody asked for by e-mail. Where it goes is read when it leaves. */
export interface StatementOrder {
  readonly id: string;
  readonly customerId: CustomerId;
  readonly accountId: AccountId;
  readonly period: StatementPeriod;
  readonly locale: Locale;
  readonly orderedAt: Instant;
}
export interface TakenOrder extends StatementOrder {
  /** How often it was taken before. */
  readonly attempts: number;
}

/**
 * Statements that wait to be sent. Promises, proved by test/contracts/statement-orders.test.ts:
 * - nobody else gets a taken order until its lease ends, whoever asks at the same time;
 * - an order stays until `done`.
 */
export interface StatementOrders {
  add(order: StatementOrder): Promise<void>;
  /** The oldest that is due. */
  take(leaseMs: number, now: Instant): Promise<TakenOrder | undefined>;
  done(id: string): Promise<void>;
  again(id: string, at: Instant): Promise<void>;
}
