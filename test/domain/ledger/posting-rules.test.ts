import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sums, type Entry, type LedgerAccountId } from '../../../src/domain/ledger/entry.ts';
import {
  captureKey,
  clearingAccount,
  contraAccount,
  customerAccount,
  postOperation,
} from '../../../src/domain/ledger/posting-rules.ts';
import {
  postCapture,
  postRefund,
  postRefundReversal,
} from '../../../src/domain/ledger/provider-money.ts';
import { suspenseAccount } from '../../../src/domain/ledger/suspense.ts';
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

const anyCapture = fc
  .record({
    provider: fc.constantFrom('alpha', 'beta'),
    paymentId: fc.uuid(),
    owner: fc.constantFrom(customerAccount('1'), suspenseAccount('alpha', 'RUB')),
    amount: anyCurrency.chain((currency) => anySumAbove(0n, currency)),
    paidAt: anyInstant,
    memo: fc.constant('Оплата'),
    kind: fc.constant('payment-captured'),
  })
  .map((facts) => ({ ...facts, captured: facts.amount, providerFee: undefined }));
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
  it('book a captured payment from the provider’s clearing to its owner', () => {
    fc.assert(
      fc.property(anyCapture, (capture) => {
        const of = postCapture(capture);
        const { minor, currency } = capture.amount;
        assert.equal(moved(of, clearingAccount(capture.provider, currency)), minor);
        assert.equal(moved(of, capture.owner), -minor);
        assert.equal(of.effectiveAt, capture.paidAt);
        assert.equal(of.key, captureKey(capture.provider, capture.paymentId));
      }),
    );
  });

  const rub = (minor: bigint) => money(minor, 'RUB');
  const on = (name: string) => `${name}:RUB` as LedgerAccountId;
  const capture = {
    provider: 'alpha',
    paymentId: 'p',
    owner: customerAccount('1'),
    amount: rub(100_00n),
    captured: rub(102_00n),
    providerFee: rub(3_06n),
    paidAt: noon,
    kind: 'payment-captured',
    memo: '',
  };

  it('keep what a payer paid on top as income, and what the provider keeps out of clearing', () => {
    const of = postCapture(capture);

    assert.equal(moved(of, clearingAccount('alpha', 'RUB')), 98_94n);
    assert.equal(moved(of, on('surcharge')), -2_00n);
    assert.equal(moved(of, on('fees')), 3_06n);
    assert.equal(moved(of, customerAccount('1')), -100_00n);
  });

  it('take another currency through the exchange accounts, each balanced in itself', () => {
    const captured = money(1_25n, 'USD');
    const of = postCapture({ ...capture, captured, providerFee: undefined });

    assert.equal(moved(of, clearingAccount('alpha', 'USD')), 1_25n);
    assert.equal(moved(of, 'exchange:USD' as LedgerAccountId), -1_25n);
    assert.equal(moved(of, on('exchange')), 100_00n);
    assert.equal(moved(of, customerAccount('1')), -100_00n);
  });

  it('undo a capture by a refund of all of it, and the refund by its reversal', () => {
    const back = { ...capture, providerFee: undefined };
    const refund = { ...back, refundId: 'r', returned: capture.captured, at: noon };
    const all = [postCapture(back), postRefund(refund), postRefundReversal(refund)];

    for (const account of new Set(all.flatMap((one) => one.postings.map((leg) => leg.account)))) {
      const [paid, refunded, reversed] = all.map((one) => moved(one, account));
      assert.equal(paid! + refunded!, 0n, account);
      assert.equal(refunded! + reversed!, 0n, account);
    }
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
