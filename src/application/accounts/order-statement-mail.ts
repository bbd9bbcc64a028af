import type { Customer } from '../../domain/customer.ts';
import { isEmailAddress, maskEmail } from '../../domain/email-address.ts';
import type { AccountId } from '../../domain/ids.ts';
import type { Locale } from '../../domain/locale.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { StatementPeriod } from '../../domain/statement.ts';
import type { Clock } from '../ports/clock.ts';
import type { Limiter } from '../ports/limiter.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { StatementOrders } from '../ports/statement-orders.ts';
import type { StatementRefusal } from './make-statement.ts';
import type { ShowStatement } from './show-statement.ts';

export interface StatementMailRequest {
  readonly customer: Customer;
  readonly accountId: AccountId;
  readonly period: StatementPeriod;
  readonly locale: Locale;
}
export type StatementMailRefusal =
  | StatementRefusal
  | { readonly reason: 'no-email' }
  | { readonly reason: 'too-many-tries'; readonly retryAfterMs: number };

/** What keeps orders and counts them. */
export interface OrderingTools {
  readonly orders: StatementOrders;
  readonly limiter: Limiter;
  readonly randomness: Randomness;
  readonly clock: Clock;
}

/**
 * Records the wish to get a statement by e-mail; it leaves later, for the customer's own address and no other. A
 * statement that cannot be made is refused at once. Answers the address, masked.
 */
export const orderStatementMail =
  (show: ShowStatement, { orders, limiter, randomness, clock }: OrderingTools) =>
  async (
    request: StatementMailRequest,
  ): Promise<Result<{ readonly sentTo: string }, StatementMailRefusal>> => {
    const { customer, accountId, period, locale } = request;
    const { email } = customer;
    if (email === undefined || !isEmailAddress(email)) return refused({ reason: 'no-email' });
    const shown = await show(accountId, customer, period, 'pdf');
    if (!shown.ok) return shown;
    const limit = await limiter.spend('statement-mail', customer.id);
    if (!limit.allowed) {
      return refused({ reason: 'too-many-tries', retryAfterMs: limit.retryAfterMs });
    }
    const id = randomness.id();
    const orderedAt = clock.now();
    await orders.add({ id, customerId: customer.id, accountId, period, locale, orderedAt });
    return ok({ sentTo: maskEmail(email) });
  };
export type OrderStatementMail = ReturnType<typeof orderStatementMail>;
