import type { CustomerId } from '../../domain/ids.ts';
import type { AccountChanged, RecordPayment } from './inside-messages.ts';

/** A command as the inside takes it: who asked, and the key under which it has one effect. */
export interface PaymentCommand {
  readonly source: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly customerId: CustomerId;
  readonly payment: RecordPayment;
}

/**
 * The company's accounting, behind the gateway. Promises, proved by test/contracts/accounting-system.test.ts:
 * - a command posts one balanced entry, however often it comes, and tells of it in one event;
 * - entry, inbox and event are saved in one commit;
 * - the same key with other content is refused as `conflict` and posts nothing;
 * - money for an unknown account is kept in suspense, never refused.
 */
export interface AccountingSystem {
  recordPayment(command: PaymentCommand): Promise<'posted' | 'repeated' | 'conflict'>;
  readAccount(accountId: string, customer: CustomerId): Promise<AccountChanged | undefined>;
}
