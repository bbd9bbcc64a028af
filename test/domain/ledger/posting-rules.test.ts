import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sums, type Entry, type LedgerAccountId } from '../../../src/domain/ledger/entry.ts';
import {
  captureKey,
  clearingAccount,
  contraAccount,
  customerAccount,
  postCapture,
  postOperation,
} from '../../../src/domain/ledger/posting-rules.ts';
import { postToSuspense, suspenseAccount } from '../../../src/domain/ledger/suspense.ts';
import { money } from '../../../src/domain/money.ts';
import { operationKinds } from '../../../src/domain/operation.ts';
import { anyCurrency, anyInstant, anySumAbove } from '../../support/any.ts';
import { noon } from '../../support/given.ts';

/** What an entry puts on an account: debits above zero, credits below. */
const moved = (of: Entry, account: LedgerAccountId): bigint =>
  [...sums(of.postings.filter((one) => one.account === account)).values()].reduce(
    (sum, { debit, credit }) => sum + debit - credit,
    0n,
  );

const anyCapture = fc.record({
  provider: fc.constantFrom('alpha', 'beta'),
  paymentId: fc.uuid(),
  accountNumber: fc.stringMatching(/^\d{5,20}$/),
  amount: anyCurrency.chain((currency) => anySumAbove(0n, currency)),
  paidAt: anyInstant,
  memo: fc.constant('Оплата'),
});
const anyCompanyOperation = fc.record({
  key: fc.uuid(),
  kind: fc.constantFrom(...operationKinds),
  accountNumber: fc.stringMatching(/^\d{5,20}$/),
  amount: fc
    .tuple(
      anyCurrency.chain((currency) => anySumAbove(0n, currency)),
      fc.boolean(),
    )
    .map(([sum, isIn]) => (isIn ? sum : money(-sum.minor, sum.currency))),
  postedAt: anyInstant,
  description: fc.constant('Абонентская плата'),
});

describe('the posting rules', () => {
  it('book a captured payment from the provider’s clearing to the customer', () => {
    fc.assert(
      fc.property(anyCapture, (capture) => {
        const of = postCapture(capture);
        const { minor, currency } = capture.amount;
        assert.equal(moved(of, clearingAccount(capture.provider, currency)), minor);
        assert.equal(moved(of, customerAccount(capture.accountNumber)), -minor);
        assert.equal(of.effectiveAt, capture.paidAt);
      }),
    );
  });

  it('book one capture under one key, whether its owner is known or not', () => {
    fc.assert(
      fc.property(anyCapture, (capture) => {
        const key = captureKey(capture.provider, capture.paymentId);
        assert.equal(postCapture(capture).key, key);
        assert.equal(postToSuspense(capture).key, key);
      }),
    );
  });

  it('keep money whose owner nobody knows in suspense', () => {
    fc.assert(
      fc.property(anyCapture, (capture) => {
        const of = postToSuspense(capture);
        const { minor, currency } = capture.amount;
        assert.equal(of.kind, 'payment-unidentified');
        assert.equal(moved(of, clearingAccount(capture.provider, currency)), minor);
        assert.equal(moved(of, suspenseAccount(capture.provider, currency)), -minor);
      }),
    );
  });

  it('credit the customer with money in and debit money out, against the account of the kind', () => {
    fc.assert(
      fc.property(anyCompanyOperation, (operation) => {
        const of = postOperation(operation);
        const { minor, currency } = operation.amount;
        assert.equal(moved(of, customerAccount(operation.accountNumber)), -minor);
        assert.equal(moved(of, contraAccount(operation.kind, currency)), minor);
        assert.equal(of.kind, operation.kind);
      }),
    );
  });

  it('have no entry for an operation of nothing', () => {
    const nothing = {
      key: 'k',
      kind: 'charge',
      accountNumber: '1',
      amount: money(0n, 'RUB'),
      postedAt: noon,
      description: '',
    } as const;

    assert.throws(() => postOperation(nothing), /not above zero/);
  });
});
