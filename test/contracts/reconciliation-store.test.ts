import assert from 'node:assert/strict';
import type { ReconciliationRun } from '../../src/application/ports/reconciliation-store.ts';
import { later, type CalendarDay } from '../../src/domain/time.ts';
import { freshId, noon } from '../support/given.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the reconciliation store', (stores) => {
  const given = (facts: Partial<ReconciliationRun> = {}): ReconciliationRun => ({
    ...{ id: freshId(), provider: 'alpha', day: '2026-03-10' as CalendarDay, source: 'list' },
    ...{ hash: undefined, ranAt: noon, lines: 2, matched: 1 },
    breaks: [
      {
        ...{ code: 'MISSING_HERE', paymentId: undefined, ref: 'r-1', ours: '' },
        ...{ theirs: '2026-03-10, 5.00 RUB', state: 'open' },
      },
    ],
    ...facts,
  });

  it('keeps a run with its breaks as they were', async () => {
    const run = given({ hash: 'abc', source: 'registry' });
    await stores().runs.save(run);

    assert.deepEqual(await stores().runs.find(run.id), run);
    assert.deepEqual(await stores().runs.findByHash('alpha', 'abc'), run);
    assert.equal(await stores().runs.findByHash('beta', 'abc'), undefined);
    assert.equal(await stores().runs.find(freshId()), undefined);
  });

  it('lists the newest first, and finds the newest of a day', async () => {
    const [old, young] = [given(), given({ ranAt: later(noon, 1) })];
    await stores().runs.save(young);
    await stores().runs.save(old);

    assert.deepEqual(await stores().runs.list(10), [young, old]);
    assert.deepEqual(await stores().runs.list(1), [young]);
    assert.deepEqual(await stores().runs.ofDay('alpha', old.day, 'list'), young);
    assert.equal(await stores().runs.ofDay('alpha', old.day, 'registry'), undefined);
  });

  it('finds the newest comparison of a batch, whatever day it is of', async () => {
    const day = '2026-03-11' as CalendarDay;
    const of = { source: 'settlement', batch: '42' } as const;
    const [old, young] = [given(of), given({ ...of, day, ranAt: later(noon, 1) })];
    for (const run of [young, old, given({ ...of, batch: '43', ranAt: later(noon, 2) })]) {
      await stores().runs.save(run);
    }

    assert.deepEqual(await stores().runs.ofBatch('alpha', '42'), young);
    assert.equal(await stores().runs.ofBatch('beta', '42'), undefined);
    assert.equal(await stores().runs.ofBatch('alpha', '44'), undefined);
  });
});
