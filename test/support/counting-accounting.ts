import type {
  AccountingSystem,
  CommandOutcome,
  MoneyCommand,
} from '../../src/application/ports/accounting-system.ts';
import type { AccountChanged } from '../../src/application/ports/inside-messages.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import { accountChanged, anna, annasAccount } from './gateway-world.ts';

/** An accounting system that only counts: what came, and one account that it answers for. */
export class CountingAccounting implements AccountingSystem {
  readonly effects = new Map<string, string>();
  calls = 0;
  reads = 0;
  answerAfterMs = 0;
  readonly customers: readonly CustomerId[] = [anna];

  recordPayment(command: MoneyCommand): Promise<CommandOutcome> {
    return this.recordRefund(command);
  }

  recordRefund({ idempotencyKey, requestHash }: MoneyCommand): Promise<CommandOutcome> {
    this.calls += 1;
    const before = this.effects.get(idempotencyKey);
    if (before !== undefined) {
      return Promise.resolve(before === requestHash ? 'repeated' : 'conflict');
    }
    this.effects.set(idempotencyKey, requestHash);
    return Promise.resolve('posted');
  }

  async readAccount(accountId: string, customer: CustomerId): Promise<AccountChanged | undefined> {
    this.reads += 1;
    await new Promise((resolve) => setTimeout(resolve, this.answerAfterMs));
    return accountId === annasAccount && customer === anna ? accountChanged() : undefined;
  }
}
