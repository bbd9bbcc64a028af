import assert from 'node:assert/strict';
import { makeStatement } from '../../../src/application/accounts/make-statement.ts';
import { orderStatementMail } from '../../../src/application/accounts/order-statement-mail.ts';
import { sendStatementMail } from '../../../src/application/accounts/send-statement-mail.ts';
import { showStatement } from '../../../src/application/accounts/show-statement.ts';
import type { LimitName } from '../../../src/application/ports/limiter.ts';
import type { CustomerLetter } from '../../../src/application/ports/letter-sender.ts';
import type { NoticeOutcome } from '../../../src/application/ports/notice-channel.ts';
import type { Customer } from '../../../src/domain/customer.ts';
import { money } from '../../../src/domain/money.ts';
import { refused } from '../../../src/domain/result.ts';
import type { StatementPeriod } from '../../../src/domain/statement.ts';
import { hour, minute } from '../../../src/domain/time.ts';
import { statementCompany } from '../../support/given-statements.ts';
import {
  fixedRandomness,
  givenAccount,
  givenChange,
  givenCustomer,
  givenOperation,
  noon,
  openLimiter,
  stoppedClock,
} from '../../support/given.ts';
import { memoryStores } from '../../support/portal-stores.ts';

const period = { from: '2026-03-01', to: '2026-03-11' } as StatementPeriod;
const address = 'anna@example.org';

const given = async (facts: Partial<Customer> = {}, ...closed: readonly LimitName[]) => {
  const anna = givenCustomer({ email: address, ...facts });
  const account = givenAccount(anna, { number: '№ 7/1', balance: money(-1n, 'RUB') });
  const stores = memoryStores();
  const { accounts, customers, statementOrders: orders } = stores;
  await customers.put(anna, 1);
  const operation = givenOperation(account, { amount: money(-1n, 'RUB') });
  await accounts.take(givenChange(account, operation), noon);
  const clock = stoppedClock();
  const show = showStatement(
    makeStatement(accounts, clock, 'Europe/Moscow'),
    statementCompany,
    clock,
  );
  const randomness = fixedRandomness();
  const limiter = openLimiter(...closed);
  const order = orderStatementMail(show, { orders, limiter, randomness, clock });
  const letters: CustomerLetter[] = [];
  const outcomes: NoticeOutcome[] = [];
  const sender = {
    send: async (letter: CustomerLetter): Promise<NoticeOutcome> => {
      letters.push(letter);
      return outcomes.shift() ?? { outcome: 'accepted', reference: letter.id };
    },
  };
  const printer = { printStatement: async () => Uint8Array.of(1, 2, 3) };
  const send = sendStatementMail(show, { orders, customers, printer, sender }, clock);
  const request = { customer: anna, accountId: account.id, period, locale: 'ru' as const };
  return { anna, account, stores, clock, order, send, letters, outcomes, request };
};

describe('A statement by e-mail', () => {
  it('is recorded, and leaves for the customer’s own address with the file', async () => {
    const { order, send, letters, request } = await given();

    assert.deepEqual(await order(request), { ok: true, value: { sentTo: 'a•••@example.org' } });
    assert.equal(letters.length, 0);
    assert.equal(await send(), true);

    const [letter] = letters;
    assert.equal(letter?.to, address);
    assert.equal(letter.subject, 'Выписка по лицевому счёту № 7/1 с 2026-03-01 по 2026-03-11');
    assert.match(letter.text, /Анна Каренина[^]*приложенном файле[^]*смените пароль/);
    assert.equal(letter.attachment.name, 'statement_-7-1_2026-03-01_2026-03-11.pdf');
    assert.deepEqual(letter.attachment.bytes, Uint8Array.of(1, 2, 3));
    assert.equal(await send(), false);
    assert.equal(letters.length, 1);
  });

  it('speaks the language that was asked for', async () => {
    const { order, send, letters, request } = await given();
    await order({ ...request, locale: 'en' });
    await send();

    assert.match(letters[0]?.text ?? '', /You asked for a statement of account № 7\/1/);
  });

  it('is refused where no address is known, or none that can be written to', async () => {
    for (const email of [
      undefined,
      'nobody',
      'a@example.org, b@example.org',
      'a@b.c\r\nBcc: d@e.f',
    ]) {
      const { order, send, request } = await given({ email });
      assert.deepEqual(await order(request), refused({ reason: 'no-email' }));
      assert.equal(await send(), false);
    }
  });

  it('is refused at once where no statement can be made, and too often', async () => {
    const { order, request } = await given();
    const backwards = { from: period.to, to: period.from };
    const refusal = refused({ reason: 'period-backwards' });
    assert.deepEqual(await order({ ...request, period: backwards }), refusal);

    const limited = await given({}, 'statement-mail');
    const answer = await limited.order(limited.request);
    assert.deepEqual(answer, refused({ reason: 'too-many-tries', retryAfterMs: 1_000 }));
    assert.equal(await limited.send(), false);
  });

  it('is tried again after longer and longer pauses while it surely did not leave', async () => {
    const { order, send, letters, outcomes, request, clock } = await given();
    await order(request);
    outcomes.push({ outcome: 'not-attempted', why: '' });
    outcomes.push({ outcome: 'not-attempted', why: '', retryAfterMs: hour });

    await send();
    clock.move(minute - 1);
    assert.equal(await send(), false);
    clock.move(1);
    assert.equal(await send(), true);
    clock.move(hour - 1);
    assert.equal(await send(), false);
    clock.move(1);
    assert.equal(await send(), true);

    assert.equal(letters.length, 3);
    assert.equal(new Set(letters.map(({ id }) => id)).size, 1);
    clock.move(hour);
    assert.equal(await send(), false);
  });

  for (const outcome of ['refused', 'unknown'] as const) {
    it(`never leaves twice: what is ${outcome} is not sent again`, async () => {
      const { order, send, letters, outcomes, request, clock } = await given();
      await order(request);
      outcomes.push({ outcome, why: '' });

      await send();
      clock.move(hour);

      assert.equal(await send(), false);
      assert.equal(letters.length, 1);
    });
  }

  it('goes to the address of when it leaves, and nowhere when there is none', async () => {
    const { anna, stores, order, send, letters, request } = await given();
    await order(request);
    await stores.customers.put({ ...anna, email: 'new@example.org' }, 2);
    await send();
    assert.equal(letters[0]?.to, 'new@example.org');

    await order(request);
    await stores.customers.put({ ...anna, email: undefined }, 3);
    assert.equal(await send(), true);
    assert.equal(letters.length, 1);
    assert.equal(await send(), false);
  });

  it('waits for operations that are on their way, a day at most', async () => {
    const { account, stores, order, send, letters, request, clock } = await given();
    await order(request);
    const newer = { ...account, balance: money(-3n, 'RUB'), version: 2 };
    await stores.accounts.take(givenChange(newer), noon);

    await send();
    assert.equal(letters.length, 0);
    clock.move(minute);
    const missing = givenOperation(account, { amount: money(-2n, 'RUB') });
    await stores.accounts.take(givenChange(newer, missing), noon);
    await send();
    assert.equal(letters.length, 1);

    await order(request);
    clock.move(24 * hour);
    assert.equal(await send(), true);
    assert.equal(letters.length, 1);
    assert.equal(await send(), false);
  });

  it('is given up where it cannot be made any more', async () => {
    const { account, stores, order, send, letters, request } = await given();
    await order(request);
    const many = Array.from({ length: 3_001 }, () =>
      givenOperation(account, { amount: money(0n, 'RUB') }),
    );
    await stores.accounts.take(givenChange(account, ...many), noon);

    assert.equal(await send(), true);
    assert.equal(await send(), false);
    assert.equal(letters.length, 0);
  });
});
