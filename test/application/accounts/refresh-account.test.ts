import assert from 'node:assert/strict';
import { refreshAccount } from '../../../src/application/accounts/refresh-account.ts';
import type { Asking } from '../../../src/application/ports/customer-assertions.ts';
import type { FreshAccount, InsideLine } from '../../../src/application/ports/inside-line.ts';
import type { Customer } from '../../../src/domain/customer.ts';
import type { AccountId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { ok, refused } from '../../../src/domain/result.ts';
import { openSession } from '../../../src/domain/session.ts';
import { later, minute } from '../../../src/domain/time.ts';
import {
  freshId,
  givenAccount,
  givenChange,
  givenCustomer,
  givenOperation,
  noon,
  stoppedClock,
} from '../../support/given.ts';
import { memoryStores } from '../../support/portal-stores.ts';

const asks = (customer: Customer): Asking => ({
  session: openSession('token', customer.id, noon),
  subnet: '192.0.2.0/24',
});

describe('RefreshAccount', () => {
  const anna = givenCustomer();
  const account = givenAccount(anna);
  const given = async (answer: FreshAccount) => {
    const questions: string[] = [];
    const inside: InsideLine = {
      readAccount: async (id) => {
        questions.push(id);
        return answer;
      },
    };
    const { accounts } = memoryStores();
    await accounts.take(givenChange(account), noon);
    return { accounts, questions, refresh: refreshAccount(accounts, inside, stoppedClock()) };
  };
  const paid = { ...account, version: 2, balance: money(0n, 'RUB'), asOf: later(noon, minute) };

  it('shows what the inside says now, and keeps it', async () => {
    const operation = givenOperation(account);
    const change = givenChange(paid, operation);
    const { refresh, accounts } = await given({ outcome: 'fresh', change });

    assert.deepEqual(await refresh(account.id, asks(anna)), ok(paid));
    assert.deepEqual(await accounts.find(account.id, anna.id), paid);
    assert.deepEqual(await accounts.findOperation(operation.id, anna.id), operation);
  });

  it('shows the newer figures when the answer is overtaken by news', async () => {
    const { refresh, accounts } = await given({ outcome: 'fresh', change: givenChange(account) });
    await accounts.take(givenChange(paid), noon);

    assert.deepEqual(await refresh(account.id, asks(anna)), ok(paid));
  });

  it('is refused while the inside is busy, and the last known figures stay', async () => {
    const { refresh, accounts } = await given({ outcome: 'busy', retryAfterMs: 2_000 });

    const answer = await refresh(account.id, asks(anna));

    assert.deepEqual(answer, refused({ reason: 'too-busy', retryAfterMs: 2_000 }));
    assert.deepEqual(await accounts.find(account.id, anna.id), account);
  });

  it('knows no account the inside does not know', async () => {
    const { refresh } = await given({ outcome: 'not-found' });

    assert.deepEqual(await refresh(account.id, asks(anna)), refused({ reason: 'account-unknown' }));
  });

  it('asks the inside nothing about an account that is not the customer’s', async () => {
    const { refresh, questions } = await given({ outcome: 'fresh', change: givenChange(paid) });
    const unknown = refused({ reason: 'account-unknown' });

    assert.deepEqual(await refresh(account.id, asks(givenCustomer())), unknown);
    assert.deepEqual(await refresh(freshId<AccountId>(), asks(anna)), unknown);
    assert.deepEqual(questions, []);
  });
});
