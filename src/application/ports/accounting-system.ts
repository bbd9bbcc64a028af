import type { CustomerId } from '../../domain/ids.ts';
import type { AccountChanged, RecordPayment, RecordRefund } from './inside-messages.ts';

/** A command as the inside takes it: who asked, and the key under which it has one effect. */
export interface MoneyCommand {
  readonly source: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly customerId: CustomerId;
}
export interface PaymentCommand extends MoneyCommand {
  readonly payment: RecordPayment;
}
export interface RefundCommand extends MoneyCommand {
  readonly refund: RecordRefund;
}
export type CommandOutcome = 'posted' | 'repeated' | 'conflict';

/**
 * The company's accounting, behind the gateway. Promises, proved by test/contracts/accounting-system.test.ts:
 * - a command posts one balanced entry, however often it comes, and tells of it in one event;
 * - what it has answered is saved: entry, key and event. A command that was cut short is finished when it is told again;
 * - the same key with other content is refused as `conflict` and posts nothing;
 * - money for an unknown account is kept in suspense, never refused.
 */
export interface AccountingSystem {
  recordPayment(command: PaymentCommand): Promise<CommandOutcome>;
  recordRefund(command: RefundCommand): Promise<CommandOutcome>;
  readAccount(accountId: string, customer: CustomerId): Promise<AccountChanged | undefined>;
}
