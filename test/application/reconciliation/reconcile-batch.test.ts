import assert from 'node:assert/strict';
import { MemoryReconciliationStore } from '../../../src/adapters/memory/memory-reconciliation-store.ts';
import { reconcileBatch } from '../../../src/application/reconciliation/reconcile-batch.ts';
import { money } from '../../../src/domain/money.ts';
import type { Deduction } from '../../../src/domain/settlement-batch.ts';
import { later, type CalendarDay } from '../../../src/domain/time.ts';
import { fixedRandomness, noon } from '../../support/given.ts';

const rub = (minor: bigint) => money(minor, 'RUB');
const day = '2026-03-12' as CalendarDay;
const line = {
  ...{ ref: 'a', paymentId: undefined, gross: rub(1_000_00n), net: rub(965_00n) },
  ...{ refunded: undefined, at: noon },
};
const deductions: readonly Deduction[] = [
  { kind: 'refund', ref: 'r', amount: rub(100_00n) },
  { kind: 'chargeback-reversed', ref: 'c', amount: rub(50_00n) },
  { kind: 'reserve-withheld', ref: 'v', amount: rub(15_00n) },
];

describe('ReconcileBatch', () => {
  const given = () => {
    const runs = new MemoryReconciliationStore();
    let time = noon;
    const clock = { now: () => (time = later(time, 1)) };
    const reconcile = reconcileBatch(runs, fixedRandomness(), clock);
    const compare = async (got: bigint | undefined, more: readonly Deduction[] = deductions) => {
      const credits = got === undefined ? [] : [{ day, number: '17', amount: rub(got) }];
      const request = { provider: 'alpha', batch: '42', day, hash: String(time) };
      const done = await reconcile({ ...request, lines: [line], deductions: more, credits });
      assert.ok(done.ok);
      return done.value.run;
    };
    return { runs, reconcile, compare };
  };

  it('says what was to come, what came and by how much they differ, as a case for people', async () => {
    const { compare, runs } = given();

    const run = await compare(890_00n);

    assert.deepEqual([run.source, run.batch, run.lines, run.matched], ['settlement', '42', 1, 0]);
    assert.deepEqual(run.breaks, [
      {
        ...{ code: 'BATCH_DIFF', state: 'open', paymentId: undefined, ref: '42' },
        ours: 'got credit 890.00 RUB (2026-03-12 document 17), difference -10.00 RUB',
        theirs:
          'expected credit 900.00 RUB = payments 1000.00 − fees 35.00 − refunds 100.00 + chargebacks 50.00 − reserve 15.00',
      },
    ]);
    assert.deepEqual(await runs.ofBatch('alpha', '42'), run);
  });

  it('heals the case of before when the batch comes to what the bank has, and by nothing else', async () => {
    const { compare } = given();

    const missing = await compare(undefined);
    const less = await compare(890_00n);
    const even = await compare(900_00n);
    const again = await compare(900_00n);

    const codes = [missing, less, even, again].map(({ breaks }) =>
      breaks.map(({ code, state }) => `${code} ${state}`),
    );
    assert.deepEqual(codes, [
      ['NO_SETTLEMENT open'],
      ['BATCH_DIFF open'],
      ['BATCH_DIFF healed'],
      [],
    ]);
    assert.equal(even.matched, 1);
  });

  it('keeps nothing of a batch that cannot be compared', async () => {
    const { reconcile, runs } = given();
    const refusal = await reconcile({
      ...{ provider: 'alpha', batch: '42', day, hash: 'h', deductions: [], credits: [] },
      lines: [{ ...line, net: undefined }],
    });
    assert.deepEqual(refusal, { ok: false, refusal: { reason: 'net-unknown', ref: 'a' } });
    assert.deepEqual(await runs.list(5), []);
  });
});
