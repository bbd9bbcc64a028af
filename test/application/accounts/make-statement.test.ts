import assert from 'node:assert/strict';
import { makeStatement } from '../../../src/application/accounts/make-statement.ts';
import type { AccountId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { refused } from '../../../src/domain/result.ts';
import type { StatementPeriod } from '../../../src/domain/statement.ts';
import { instant } from '../../../src/domain/time.ts';
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

const march = { from: '2026-03-01', to: '2026-03-11' } as StatementPeriod;

describe('MakeStatement', () => {
  const given = async (balanceMinor = -30_000n) => {
    const anna = givenCustomer();
    const account = givenAccount(anna, { balance: money(balanceMinor, 'RUB') });
    const at = (text: string, minor: bigint) =>
      givenOperation(account, {
        postedAt: instant(Date.parse(text)),
        amount: money(minor, 'RUB'),
      });
    // Midnight in Moscow is 21:00 UTC of the day before.
    const operations = [
      at('2026-02-28T20:59:59.999Z', -50_000n),
      at('2026-02-28T21:00:00Z', -20_000n),
      at('2026-03-05T10:00:00Z', 40_000n),
    ] as const;
    const { accounts } = memoryStores();
    await accounts.take(givenChange(account, ...operations), noon);
    const make = makeStatement(accounts, stoppedClock(), 'Europe/Moscow');
    const request = { customerId: anna.id, accountId: account.id, period: march, most: 2 };
    return { make, request, account, operations };
  };

  it('counts an operation to its day in the company’s zone', async () => {
    const { make, request, account, operations } = await given();

    const answer = await make(request);

    assert.deepEqual(answer, {
      ok: true,
      value: {
        account,
        period: march,
        opening: money(-50_000n, 'RUB'),
        received: money(40_000n, 'RUB'),
        spent: money(20_000n, 'RUB'),
        closing: money(-30_000n, 'RUB'),
        operations: operations.slice(1),
      },
    });
  });

  it('refuses days that have not come in the company’s zone', async () => {
    const { make, request } = await given();
    const period = { ...march, to: '2026-03-12' } as StatementPeriod;

    assert.deepEqual(await make({ ...request, period }), refused({ reason: 'period-in-future' }));
  });

  it('refuses more operations than the file may hold', async () => {
    const { make, request } = await given();

    const answer = await make({ ...request, most: 1 });

    assert.deepEqual(answer, refused({ reason: 'too-many-operations', most: 1 }));
  });

  it('states nothing while operations are on their way', async () => {
    const { make, request } = await given(-29_999n);

    assert.deepEqual(await make(request), refused({ reason: 'history-incomplete' }));
  });

  it('knows no account of another customer, and none that is not there', async () => {
    const { make, request } = await given();
    const unknown = refused({ reason: 'account-unknown' });

    assert.deepEqual(await make({ ...request, customerId: givenCustomer().id }), unknown);
    assert.deepEqual(await make({ ...request, accountId: freshId<AccountId>() }), unknown);
  });
});
