import assert from 'node:assert/strict';
import { exportOperations } from '../../../src/application/accounts/export-operations.ts';
import { makeStatement, mostOperations } from '../../../src/application/accounts/make-statement.ts';
import { showStatement, statementForms } from '../../../src/application/accounts/show-statement.ts';
import type { AccountId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { newestFirst } from '../../../src/domain/operation.ts';
import { refused } from '../../../src/domain/result.ts';
import type { StatementPeriod } from '../../../src/domain/statement.ts';
import { later } from '../../../src/domain/time.ts';
import { statementCompany } from '../../support/given-statements.ts';
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

const given = async (count: number) => {
  const anna = givenCustomer();
  const account = givenAccount(anna, { balance: money(-BigInt(count), 'RUB') });
  const operations = Array.from({ length: count }, (_, n) =>
    givenOperation(account, { postedAt: later(noon, -n), amount: money(-1n, 'RUB') }),
  );
  const { accounts } = memoryStores();
  await accounts.take(givenChange(account, ...operations), noon);
  return { anna, account, accounts, operations: operations.toSorted(newestFirst) };
};

describe('ExportOperations', () => {
  it('gathers what the filter lets through, newest first, as the page has it', async () => {
    const { anna, account, accounts, operations } = await given(5);
    const gather = exportOperations(accounts, statementCompany, stoppedClock());
    const filter = { from: later(noon, -2) };

    const answer = await gather({ customerId: anna.id, accountId: account.id, filter });

    const [company, madeAt] = [statementCompany, noon];
    const value = { company, account, filter, operations: operations.slice(0, 3), madeAt };
    assert.deepEqual(answer, { ok: true, value });
  });

  it('refuses one operation more than a file may hold', async () => {
    const { anna, account, accounts } = await given(mostOperations + 1);
    const gather = exportOperations(accounts, statementCompany, stoppedClock());
    const request = { customerId: anna.id, accountId: account.id };

    const tooMany = refused({ reason: 'too-many-operations', most: mostOperations });
    assert.deepEqual(await gather({ ...request, filter: {} }), tooMany);
    const fitting = await gather({ ...request, filter: { before: noon } });
    assert.equal(fitting.ok && fitting.value.operations.length, mostOperations);
  });

  it('knows no account of another customer, and none that is not there', async () => {
    const { anna, account, accounts } = await given(1);
    const gather = exportOperations(accounts, statementCompany, stoppedClock());
    const unknown = refused({ reason: 'account-unknown' });
    const of = (customerId = anna.id, accountId = account.id) =>
      gather({ customerId, accountId, filter: {} });

    assert.deepEqual(await of(givenCustomer().id), unknown);
    assert.deepEqual(await of(anna.id, freshId<AccountId>()), unknown);
  });
});

describe('ShowStatement', () => {
  const period = { from: '2026-03-11', to: '2026-03-11' } as StatementPeriod;

  it('says whose the statement is, who made it and when', async () => {
    const { anna, account, accounts } = await given(1);
    const clock = stoppedClock();
    const make = makeStatement(accounts, clock, 'Europe/Moscow');
    const show = showStatement(make, statementCompany, clock);

    const answer = await show(account.id, anna, period, 'pdf');

    assert.ok(answer.ok);
    const { holder, company, madeAt, statement } = answer.value;
    assert.deepEqual(holder, { name: anna.name, contract: anna.contract });
    assert.deepEqual([company, madeAt], [statementCompany, noon]);
    assert.deepEqual(statement.closing, account.balance);
  });

  it('lets a spreadsheet be longer than a paper, and says what is wrong with a period', async () => {
    const { anna, account, accounts } = await given(statementForms.pdf + 1);
    const clock = stoppedClock();
    const make = makeStatement(accounts, clock, 'Europe/Moscow');
    const show = showStatement(make, statementCompany, clock);

    const tooMany = refused({ reason: 'too-many-operations', most: statementForms.pdf });
    assert.deepEqual(await show(account.id, anna, period, 'pdf'), tooMany);
    assert.ok((await show(account.id, anna, period, 'csv')).ok);
    const backwards = { from: period.to, to: '2026-03-10' } as StatementPeriod;
    const refusal = refused({ reason: 'period-backwards' });
    assert.deepEqual(await show(account.id, anna, backwards, 'xlsx'), refusal);
  });
});
