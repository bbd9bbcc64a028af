import assert from 'node:assert/strict';
import fc from 'fast-check';
import { money } from '../../src/domain/money.ts';
import type { RegistryLine } from '../../src/domain/reconciliation.ts';
import {
  compareBatch,
  deductionKinds,
  type Batch,
  type BatchCompared,
  type DeductionKind,
} from '../../src/domain/settlement-batch.ts';
import type { CalendarDay } from '../../src/domain/time.ts';
import '../support/fc-runs.ts';
import { noon } from '../support/given.ts';

const rub = (minor: bigint) => money(minor, 'RUB');
const lineOf = (ref: string, gross: bigint, fee: bigint): RegistryLine => ({
  ...{ ref, paymentId: undefined, gross: rub(gross), net: rub(gross - fee) },
  ...{ refunded: undefined, at: noon },
});
const creditOf = (minor: bigint, number = '17') => ({
  ...{ day: '2026-03-12' as CalendarDay, number, amount: rub(minor) },
});

/** What each kind does to a transfer. */
const signs: Readonly<Record<DeductionKind, bigint>> = {
  ...{ fee: -1n, refund: -1n, chargeback: -1n, 'chargeback-reversed': 1n },
  ...{ 'reserve-withheld': -1n, 'reserve-released': 1n },
};

/** A batch that agrees with its bank to the kopeck, in one or two transfers. */
const anyBatch = fc
  .record({
    payments: fc.array(fc.tuple(fc.bigInt(100n, 10n ** 9n), fc.bigInt(0n, 99n)), { minLength: 1 }),
    others: fc.array(fc.tuple(fc.constantFrom(...deductionKinds), fc.bigInt(1n, 10n ** 6n)), {
      maxLength: 8,
    }),
    cut: fc.option(fc.bigInt(1n, 50n), { nil: undefined }),
  })
  .map(({ payments, others, cut }) => {
    const lines = payments.map(([gross, fee], n) => lineOf(`r${String(n)}`, gross, fee));
    const deductions = others.map(([kind, minor], n) => ({
      ...{ kind, ref: `d${String(n)}`, amount: rub(minor) },
    }));
    const expected =
      payments.reduce((sum, [gross, fee]) => sum + gross - fee, 0n) +
      others.reduce((sum, [kind, minor]) => sum + signs[kind] * minor, 0n);
    const credits =
      cut === undefined ? [creditOf(expected)] : [creditOf(expected - cut), creditOf(cut, '18')];
    return { batch: { lines, deductions, credits } satisfies Batch, expected };
  });

/** Changes that a batch must be found out by: how much more came than was expected. */
const injections: Readonly<Record<string, (batch: Batch, by: bigint) => readonly [Batch, bigint]>> =
  {
    'the bank kept some': (batch, by) => [
      { ...batch, credits: [...batch.credits, creditOf(-by, '19')] },
      -by,
    ],
    'the bank was given more': (batch, by) => [
      { ...batch, credits: [...batch.credits, creditOf(by, '19')] },
      by,
    ],
    'a payment is not transferred': (batch, by) => [
      { ...batch, lines: [...batch.lines, lineOf('new', by + 7n, 7n)] },
      -by,
    ],
    'a fee is dearer': (batch, by) => [
      { ...batch, deductions: [...batch.deductions, { kind: 'fee', ref: 'x', amount: rub(by) }] },
      by,
    ],
    'a chargeback came back': (batch, by) => [
      {
        ...batch,
        deductions: [
          ...batch.deductions,
          { kind: 'chargeback-reversed', ref: 'x', amount: rub(by) },
        ],
      },
      -by,
    ],
  };

const compared = (batch: Batch): BatchCompared => {
  const answer = compareBatch(batch);
  assert.ok(answer.ok);
  return answer.value;
};

describe('A batch and the bank', () => {
  it('agree where nothing was changed, in any order, with anything told twice', () => {
    const shuffled = anyBatch.chain(({ batch, expected }) =>
      fc.record({
        expected: fc.constant(expected),
        lines: fc.shuffledSubarray([...batch.lines, ...batch.lines.slice(0, 2)], {
          minLength: batch.lines.length + Math.min(2, batch.lines.length),
        }),
        deductions: fc.constant([...batch.deductions, ...batch.deductions].toReversed()),
        credits: fc.constant(batch.credits),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ expected, ...batch }) => {
        const { difference, code, ...found } = compared(batch);
        assert.deepEqual([difference.minor, code], [0n, undefined]);
        assert.equal(found.expected.minor, expected);
        const { gross, fees, refunds, chargebacks, reserve } = found;
        assert.equal(
          gross.minor - fees.minor - refunds.minor - chargebacks.minor - reserve.minor,
          expected,
        );
      }),
    );
  });

  it('differ by exactly what was changed, to the kopeck', () => {
    const changed = fc.record({
      given: anyBatch,
      how: fc.constantFrom(...Object.keys(injections)),
      by: fc.bigInt(1n, 10n ** 6n),
    });
    fc.assert(
      fc.property(changed, ({ given, how, by }) => {
        const [batch, off] = injections[how]!(given.batch, by);
        const { difference, code } = compared(batch);
        assert.deepEqual([difference, code], [rub(off), 'BATCH_DIFF'], how);
      }),
    );
  });

  it('are a settlement that is missing where nothing came, unless nothing was to come', () => {
    const { difference, code } = compared({
      lines: [lineOf('a', 500n, 5n)],
      ...{ deductions: [], credits: [] },
    });
    assert.deepEqual([difference, code], [rub(-495n), 'NO_SETTLEMENT']);
    const back = { kind: 'refund', ref: 'b', amount: rub(495n) } as const;
    const even = compared({ lines: [lineOf('a', 500n, 5n)], deductions: [back], credits: [] });
    assert.equal(even.code, undefined);
  });

  it('are not compared where something is not told, or told in two ways', () => {
    const line = lineOf('a', 500n, 5n);
    const none = { deductions: [], credits: [] };
    const reasonOf = (batch: Batch) => {
      const answer = compareBatch(batch);
      return answer.ok ? undefined : answer.refusal;
    };
    const refund = { kind: 'refund', ref: 'a', amount: rub(1n) } as const;

    assert.deepEqual(reasonOf({ lines: [], ...none, credits: [creditOf(5n)] }), {
      reason: 'empty',
    });
    assert.deepEqual(reasonOf({ lines: [{ ...line, net: undefined }], ...none }), {
      ...{ reason: 'net-unknown', ref: 'a' },
    });
    const twice = { reason: 'told-otherwise', ref: 'a' };
    assert.deepEqual(reasonOf({ lines: [line, lineOf('a', 501n, 6n)], ...none }), twice);
    assert.deepEqual(reasonOf({ lines: [line, lineOf('a', 500n, 6n)], ...none }), twice);
    assert.deepEqual(reasonOf({ lines: [line, { ...line, net: undefined }], ...none }), twice);
    assert.deepEqual(
      reasonOf({
        ...{ lines: [line], credits: [] },
        deductions: [refund, { ...refund, amount: rub(2n) }],
      }),
      { reason: 'told-otherwise', ref: 'refund a' },
    );
    assert.deepEqual(
      reasonOf({
        lines: [line],
        ...{ deductions: [], credits: [{ ...creditOf(5n), amount: money(5n, 'USD') }] },
      }),
      { reason: 'currencies-mixed', found: 'USD', beside: 'RUB' },
    );
  });
});
