import assert from 'node:assert/strict';
import { postRefund } from '../../../src/application/accounting/refund-posting.ts';
import { describePayment } from '../../../src/application/accounting/payment-posting.ts';
import type { RefundCommand } from '../../../src/application/ports/accounting-system.ts';
import type { BooksAccount } from '../../../src/application/ports/books.ts';
import { isoText } from '../../../src/domain/time.ts';
import { freshId, givenAccount, givenCustomer, noon } from '../../support/given.ts';

const anna = givenCustomer();
const books = (locale: 'ru' | 'en' = 'ru'): BooksAccount => ({
  account: givenAccount(anna),
  locale,
  isClosed: false,
});
const moment = { entryId: freshId(), messageId: freshId(), now: noon };
const rub = (minor: string) => ({ minor, currency: 'RUB' });

const command = (facts: Partial<RefundCommand['refund']> = {}): RefundCommand =>
  ({
    customerId: anna.id,
    refund: {
      ...{ refundId: freshId(), paymentId: freshId(), accountId: books().account.id },
      ...{ provider: 'stripe', kind: 'debit', amount: rub('700'), returned: rub('700') },
      at: isoText(noon),
      ...facts,
    },
  }) as RefundCommand;

const sides = ({ entry }: ReturnType<typeof postRefund>) =>
  entry.postings.map(({ account, side, amount }) => [account.split(':')[0], side, amount.minor]);

describe('what a refund does to the books', () => {
  it('debits the account it was credited to, with a line in its history', () => {
    const account = books();
    const posting = postRefund(command(), account, moment);

    assert.equal(posting.change?.operation.amount.minor, -700n);
    assert.equal(posting.change?.account.balance.minor, account.account.balance.minor - 700n);
    assert.deepEqual(
      sides(posting).map(([, side, minor]) => [side, minor]),
      [
        ['debit', 700n],
        ['credit', 700n],
      ],
    );
  });

  it('gives the money back to the account when the refund fails after all', () => {
    const account = books('en');
    const there = postRefund(command(), account, moment);
    const back = postRefund(command({ kind: 'reversal' }), account, moment);

    assert.equal(back.change?.operation.amount.minor, 700n);
    assert.equal(back.change?.operation.description, 'Refund did not go through');
    assert.deepEqual(
      sides(back)
        .map(([owner, , minor]) => [owner, minor])
        .toSorted(),
      sides(there)
        .map(([owner, , minor]) => [owner, minor])
        .toSorted(),
    );
    assert.notEqual(back.entry.kind, there.entry.kind);
  });

  it('takes it from suspense where there is no such account, or none in that currency', () => {
    const dollars = command({
      amount: { minor: '700', currency: 'USD' },
      returned: { minor: '700', currency: 'USD' },
    });
    for (const posting of [
      postRefund(command(), undefined, moment),
      postRefund(dollars, books(), moment),
    ]) {
      assert.equal(posting.change, undefined);
      assert.match(posting.entry.memo ?? '', /^for account /);
      assert.ok(posting.entry.postings.some(({ account }) => /suspense/.test(account)));
    }
  });

  it('tells the customer nothing where only a fee of ours came back', () => {
    const posting = postRefund(command({ amount: rub('0') }), books(), moment);
    assert.equal(posting.change, undefined);
    assert.equal(posting.entry.postings.length, 2);
  });

  it('refuses what no message schema would have let through', () => {
    const odd: readonly Partial<RefundCommand['refund']>[] = [
      { amount: { minor: '7', currency: 'GBP' } },
      { amount: { minor: '-7', currency: 'RUB' } },
      { at: 'yesterday' },
    ];
    for (const facts of odd) assert.throws(() => postRefund(command(facts), books(), moment));
  });

  it('names a payment by its method, or plainly', () => {
    assert.equal(describePayment('sbp').en, 'Payment by SBP');
    assert.equal(describePayment('of-tomorrow').ru, 'Оплата в личном кабинете');
  });
});
