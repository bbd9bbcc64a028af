import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sums, type Entry, type LedgerAccountId } from '../../../src/domain/ledger/entry.ts';
import { ofAccount, ofProvider } from '../../../src/domain/ledger/chart-of-accounts.ts';
import {
  captureKey,
  contraAccount,
  postOperation,
} from '../../../src/domain/ledger/posting-rules.ts';
import {
  postCapture,
  postRefund,
  postRefundReversal,
} from '../../../src/domain/ledger/provider-money.ts';
import { standingOf } from '../../../src/domain/ledger/standing.ts';
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

/** What an entry takes from a customer, on whichever of the two accounts: debits above zero. */
const movedOf = (of: Entry, number: string): bigint =>
  moved(of, ofAccount('receivable', number)) + moved(of, ofAccount('prepayment', number));

const anyCapture = fc
  .record({
    provider: fc.constantFrom('alpha', 'beta'),
    paymentId: fc.uuid(),
    isKnown: fc.boolean(),
    before: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
    amount: anyCurrency.chain((currency) => anySumAbove(0n, currency)),
    paidAt: anyInstant,
    memo: fc.constant('Оплата'),
    kind: fc.constant('payment-captured'),
  })
  .map(({ isKnown, before, ...facts }) => ({
    ...facts,
    owner: isKnown ? standingOf('1', money(before, facts.amount.currency)) : ('unknown' as const),
    captured: facts.amount,
    providerFee: undefined,
  }));
const anyCompanyOperation = fc.record({
  key: fc.uuid(),
  kind: fc.constantFrom(...operationKinds),
  before: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
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
        assert.equal(moved(of, ofProvider('clearing', capture.provider, currency)), minor);
        const suspense = ofProvider('suspense', capture.provider, currency);
        const isKnown = capture.owner !== 'unknown';
        assert.equal(isKnown ? movedOf(of, '1') : moved(of, suspense), -minor);
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
    owner: standingOf('1', rub(-40_00n)),
    amount: rub(100_00n),
    captured: rub(102_00n),
    providerFee: rub(3_06n),
    paidAt: noon,
    kind: 'payment-captured',
    memo: '',
  };

  it('keep what a payer paid on top as income, and what the provider keeps out of clearing', () => {
    const of = postCapture(capture);

    assert.equal(moved(of, ofProvider('clearing', 'alpha', 'RUB')), 98_94n);
    assert.equal(moved(of, on('surcharge')), -2_00n);
    assert.equal(moved(of, ofProvider('fees', 'alpha', 'RUB')), 3_06n);
    assert.equal(movedOf(of, '1'), -100_00n);
  });

  it('take another currency through the exchange accounts, each balanced in itself', () => {
    const captured = money(1_25n, 'USD');
    const of = postCapture({ ...capture, captured, providerFee: undefined });

    assert.equal(moved(of, ofProvider('clearing', 'alpha', 'USD')), 1_25n);
    assert.equal(moved(of, 'exchange:USD' as LedgerAccountId), -1_25n);
    assert.equal(moved(of, on('exchange')), 100_00n);
    assert.equal(movedOf(of, '1'), -100_00n);
  });

  it('undo a capture by a refund of all of it, and the refund by its reversal', () => {
    const back = { ...capture, owner: standingOf('1', rub(100_00n)), providerFee: undefined };
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
      fc.property(anyCompanyOperation, ({ before, ...operation }) => {
        const standing = standingOf('1', money(before, operation.amount.currency));
        const of = postOperation({ ...operation, standing });
        const { minor, currency } = operation.amount;
        assert.equal(movedOf(of, '1'), -minor);
        assert.equal(moved(of, contraAccount(operation.kind, currency)), minor);
        assert.equal(of.kind, operation.kind);
      }),
    );
  });

  it('have no entry for an operation of nothing', () => {
    const nothing = {
      key: 'k',
      kind: 'charge',
      standing: standingOf('1', money(0n, 'RUB')),
      amount: money(0n, 'RUB'),
      postedAt: noon,
      description: '',
    } as const;

    assert.throws(() => postOperation(nothing), /not above zero/);
  });
});
