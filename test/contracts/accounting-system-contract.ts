import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { PaymentCommand } from '../../src/application/ports/accounting-system.ts';
import type { Account } from '../../src/domain/account.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import type { Locale } from '../../src/domain/locale.ts';
import { aCommand, anAccount, type LedgerWorld as World } from '../support/given-ledger.ts';

/** What every accounting system promises. */
export const accountingSystemContract = (world: () => World): void => {
  const given = async (locale: Locale = 'ru', balanceMinor?: bigint) => {
    const account = anAccount(balanceMinor);
    await world().add(account, locale);
    return account;
  };

  it('posts one balanced entry and tells of it in one event', async () => {
    const account = await given();
    const command = aCommand(account);

    assert.equal(await world().system.recordPayment(command), 'posted');

    const { paymentId } = command.payment;
    const key = `capture:stripe:${paymentId}`;
    assert.deepEqual(await world().ledger(), [
      { key, account: 'clearing:stripe:RUB', side: 'debit', minor: 100_000n },
      { key, account: `receivable:${account.number}`, side: 'credit', minor: 100_000n },
    ]);
    const [event, ...more] = await world().events();
    assert.deepEqual(more, []);
    assert.equal(event?.type, 'ledger.account-changed');
    assert.deepEqual(event.data, {
      customerId: account.customerId,
      accountId: account.id,
      number: account.number,
      title: 'Квартира',
      balance: { minor: '-23450', currency: 'RUB' },
      openedOn: '2024-02-29',
      asOf: '2026-11-22T10:00:00.123Z',
      version: 8,
      operations: [
        {
          id: event.data.operations[0]?.id,
          postedAt: '2026-11-22T10:00:00.123Z',
          kind: 'payment',
          amount: { minor: '100000', currency: 'RUB' },
          description: 'Оплата банковской картой',
          paymentId,
        },
      ],
    });
    const read = await world().system.readAccount(account.id, account.customerId);
    assert.deepEqual(read, event.data);
  });

  it('writes to the customer in the customer’s language', async () => {
    const account = await given('en');

    await world().system.recordPayment(aCommand(account));

    const read = await world().system.readAccount(account.id, account.customerId);
    assert.equal(read?.operations[0]?.description, 'Payment by bank card');
  });

  it('has one effect of twenty identical commands at once', async () => {
    const account = await given();
    const command = aCommand(account);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world().system.recordPayment(command)),
    );

    assert.equal(answers.filter((answer) => answer === 'posted').length, 1);
    assert.equal(answers.filter((answer) => answer === 'repeated').length, 19);
    assert.equal((await world().ledger()).length, 2);
    assert.equal((await world().events()).length, 1);
  });

  it('has one effect of one capture that comes under different keys', async () => {
    const account = await given();
    const command = aCommand(account);
    await world().system.recordPayment(command);

    const answers = await Promise.all(
      ['b', 'c', 'd'].map((idempotencyKey) =>
        world().system.recordPayment({ ...command, idempotencyKey }),
      ),
    );

    assert.deepEqual(answers, ['repeated', 'repeated', 'repeated']);
    assert.equal((await world().ledger()).length, 2);
  });

  it('counts every one of many different payments of an account at once', async () => {
    const account = await given('ru', 0n);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world().system.recordPayment(aCommand(account))),
    );

    assert.ok(answers.every((answer) => answer === 'posted'));
    const read = await world().system.readAccount(account.id, account.customerId);
    assert.equal(read?.balance.minor, '2000000');
    assert.equal(read.version, 27);
    assert.equal(read.operations.length, 20);
    const versions = (await world().events()).map((event) => event.data.version);
    assert.deepEqual(new Set(versions).size, 20);
  });

  it('refuses the same key with other content, each time, and posts nothing', async () => {
    const account = await given();
    const command = aCommand(account);
    await world().system.recordPayment(command);
    const other = { ...command, requestHash: 'other' };

    assert.equal(await world().system.recordPayment(other), 'conflict');
    assert.equal(await world().system.recordPayment(other), 'conflict');
    const stranger = { ...command, customerId: randomUUID() as CustomerId };
    assert.equal(await world().system.recordPayment(stranger), 'conflict');

    assert.equal((await world().ledger()).length, 2);
  });

  it('refuses one capture told with another sum, each time', async () => {
    const account = await given();
    const command = aCommand(account);
    await world().system.recordPayment(command);
    const amount = { minor: '1', currency: 'RUB' };
    const other = { ...command, idempotencyKey: 'x', payment: { ...command.payment, amount } };

    assert.equal(await world().system.recordPayment(other), 'conflict');
    assert.equal(await world().system.recordPayment(other), 'conflict');

    assert.equal((await world().ledger()).length, 2);
  });

  const strange: Readonly<Record<string, (account: Account) => Partial<PaymentCommand>>> = {
    'an account nobody has': (account) => ({
      payment: { ...aCommand(account).payment, accountId: randomUUID() },
    }),
    'an account that is no id': (account) => ({
      payment: { ...aCommand(account).payment, accountId: 'none' },
    }),
    'an account of somebody else': () => ({ customerId: randomUUID() as CustomerId }),
    'an account in another currency': (account) => ({
      payment: { ...aCommand(account).payment, amount: { minor: '5', currency: 'EUR' } },
    }),
  };
  for (const [title, change] of Object.entries(strange)) {
    it(`keeps money for ${title} in suspense and tells nobody`, async () => {
      const account = await given();

      assert.equal(
        await world().system.recordPayment(aCommand(account, change(account))),
        'posted',
      );

      const [debit, credit] = await world().ledger();
      assert.match(debit!.account, /^clearing:stripe:/);
      assert.match(credit!.account, /^suspense:stripe:/);
      assert.equal(debit!.minor, credit!.minor);
      assert.deepEqual(await world().events(), []);
      const read = await world().system.readAccount(account.id, account.customerId);
      assert.equal(read?.balance.minor, '-123450');
    });
  }

  it('answers nothing of another customer', async () => {
    const account = await given();

    const stranger = randomUUID() as CustomerId;
    assert.equal(await world().system.readAccount(account.id, stranger), undefined);
    assert.equal(await world().system.readAccount('none', account.customerId), undefined);
  });
};
