import assert from 'node:assert/strict';
import fc from 'fast-check';
import { money } from '../../src/domain/money.ts';
import {
  reconcile,
  type BreakCode,
  type OurLine,
  type RegistryLine,
} from '../../src/domain/reconciliation.ts';
import { day, later, type Instant } from '../../src/domain/time.ts';
import '../support/fc-runs.ts';
import { noon } from '../support/given.ts';

const window = { from: noon, to: later(noon, day) };
const rub = (minor: bigint) => money(minor, 'RUB');

interface Pair {
  readonly ours: OurLine;
  readonly theirs: RegistryLine;
}

/** The n-th payment of a perfect day: both sides agree. */
const pairOf = (n: number, minor: bigint, at: Instant): Pair => ({
  ours: {
    ...{ paymentId: `p${String(n)}`, ref: `r${String(n)}`, isPaid: true, gross: rub(minor) },
    ...{ fee: rub(minor / 30n), refunded: rub(0n), paidAt: at },
  },
  theirs: {
    ...{ ref: `r${String(n)}`, paymentId: `p${String(n)}`, gross: rub(minor) },
    ...{ net: rub(minor - minor / 30n), refunded: rub(0n), at },
  },
});

/** What can go wrong with one payment: what it makes of the two sides, and the break it must be found as. */
const mutations: Readonly<
  Record<string, (pair: Pair) => { ours: OurLine[]; theirs: RegistryLine[]; code: BreakCode }>
> = {
  dropped: ({ ours }) => ({ ours: [ours], theirs: [], code: 'MISSING_THERE' }),
  added: ({ theirs }) => ({ ours: [], theirs: [theirs], code: 'MISSING_HERE' }),
  changed: ({ ours, theirs }) => ({
    ours: [ours],
    theirs: [{ ...theirs, gross: rub(theirs.gross.minor + 1n) }],
    code: 'AMOUNT_DIFF',
  }),
  'other money': ({ ours, theirs }) => ({
    ours: [ours],
    theirs: [{ ...theirs, gross: money(theirs.gross.minor, 'USD') }],
    code: 'WRONG_CURRENCY',
  }),
  'other fee': ({ ours, theirs }) => ({
    ours: [ours],
    theirs: [{ ...theirs, net: rub((theirs.net?.minor ?? 0n) - 1n) }],
    code: 'FEE_DIFF',
  }),
  'open here': ({ ours, theirs }) => ({
    ours: [{ ...ours, isPaid: false, paidAt: undefined, fee: undefined }],
    theirs: [theirs],
    code: 'STATUS_DIFF',
  }),
  refunded: ({ ours, theirs }) => ({
    ours: [ours],
    theirs: [{ ...theirs, refunded: rub(1n) }],
    code: 'REFUND_DIFF',
  }),
  'over midnight': ({ ours, theirs }) => ({
    ours: [{ ...ours, paidAt: later(noon, -1) }],
    theirs: [theirs],
    code: 'LATE',
  }),
  'sent twice': ({ ours, theirs }) => ({
    ours: [ours],
    theirs: [theirs, theirs],
    code: 'DUPLICATE_THERE',
  }),
  'captured twice': ({ ours, theirs }) => ({
    ours: [ours, { ...ours, paymentId: `${ours.paymentId}b` }],
    theirs: [theirs],
    code: 'DUPLICATE_HERE',
  }),
  'paid twice': ({ ours, theirs }) => ({
    ours: [ours],
    theirs: [theirs, { ...theirs, ref: `${theirs.ref}b` }],
    code: 'DOUBLE_PAY',
  }),
};

const anyDay = fc
  .array(
    fc.tuple(
      fc.bigInt(100n, 10n ** 9n),
      fc.nat(day - 1),
      fc.option(fc.constantFrom(...Object.keys(mutations)), { nil: undefined, freq: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((payments) =>
    payments.map(([minor, at, how], n) => ({ pair: pairOf(n, minor, later(noon, at)), how })),
  );

describe('a reconciliation', () => {
  it('finds every break that was made and no other, in whatever order the lines come', () => {
    const shuffled = anyDay.chain((payments) => {
      const made = payments.map(({ pair, how }) => {
        const mutated = how === undefined ? undefined : mutations[how]?.(pair);
        return mutated ?? { ours: [pair.ours], theirs: [pair.theirs], code: undefined };
      });
      const theirs = made.flatMap((each) => each.theirs);
      const ours = made.flatMap((each) => each.ours);
      return fc.record({
        made: fc.constant(made),
        theirs: fc.shuffledSubarray(theirs, { minLength: theirs.length }),
        ours: fc.shuffledSubarray(ours, { minLength: ours.length }),
      });
    });
    fc.assert(
      fc.property(shuffled, ({ made, theirs, ours }) => {
        const expected = made.flatMap(({ code }) => code ?? []).toSorted();

        const { breaks, matched } = reconcile(ours, theirs, window);

        assert.deepEqual(breaks.map(({ code }) => code).toSorted(), expected);
        const whole = made.filter(({ code }) =>
          [undefined, 'LATE', 'DUPLICATE_THERE', 'DUPLICATE_HERE', 'DOUBLE_PAY'].includes(code),
        );
        assert.equal(matched, whole.length);
      }),
    );
  });

  it('finds by our own id what the provider names otherwise, and never by likeness', () => {
    const { ours, theirs } = pairOf(1, 500n, noon);
    const nameless = { ...ours, ref: undefined };
    const stranger = { ...theirs, paymentId: undefined };

    assert.deepEqual(reconcile([nameless], [theirs], window), { matched: 1, breaks: [] });
    assert.deepEqual(
      reconcile([nameless], [stranger], window).breaks.map(({ code }) => code),
      ['MISSING_HERE', 'MISSING_THERE'],
    );
  });

  it('says nothing of what it was not told: fee and refunds where the register has none', () => {
    const { ours, theirs } = pairOf(1, 500n, noon);
    const silent = { ...theirs, net: undefined, refunded: undefined };

    assert.deepEqual(reconcile([{ ...ours, refunded: rub(7n) }], [silent], window).breaks, []);
    assert.deepEqual(reconcile([{ ...ours, fee: undefined }], [theirs], window).breaks, []);
  });

  it('does not miss there what is open here, or was paid on another day', () => {
    const { ours } = pairOf(1, 500n, noon);
    const others = [
      { ...ours, isPaid: false, paidAt: undefined },
      { ...ours, ref: 'r2', paidAt: window.to },
    ];

    assert.deepEqual(reconcile(others, [], window), { matched: 0, breaks: [] });
  });
});
