import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  statementDays,
  statementPeriods,
} from '../../../src/adapters/browser/history/statement-periods.ts';
import { refusePeriod, type StatementPeriod } from '../../../src/domain/statement.ts';
import { dayBefore, type CalendarDay } from '../../../src/domain/time.ts';
import { anyDay } from '../../support/any.ts';

describe('the named periods of a statement', () => {
  it('are months, quarters and years, up to today', () => {
    const of = (today: string) => statementPeriods.map((each) => statementDays(each, today));

    assert.deepEqual(of('2026-11-28'), [
      { from: '2026-11-01', to: '2026-11-28' },
      { from: '2026-10-01', to: '2026-10-31' },
      { from: '2026-10-01', to: '2026-11-28' },
      { from: '2026-07-01', to: '2026-09-30' },
      { from: '2026-01-01', to: '2026-11-28' },
      { from: '2025-01-01', to: '2025-12-31' },
    ]);
    assert.deepEqual(of('2024-01-01').slice(0, 4), [
      { from: '2024-01-01', to: '2024-01-01' },
      { from: '2023-12-01', to: '2023-12-31' },
      { from: '2024-01-01', to: '2024-01-01' },
      { from: '2023-10-01', to: '2023-12-31' },
    ]);
  });

  it('are never refused, on whatever day', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...statementPeriods), (today, period) => {
        const days = statementDays(period, today) as StatementPeriod;
        assert.equal(refusePeriod(days, today), undefined);
      }),
    );
  });

  it('follow one another without a gap', () => {
    fc.assert(
      fc.property(anyDay, (today) => {
        for (const unit of ['month', 'quarter', 'year'] as const) {
          const last = statementDays(`last-${unit}`, today);
          const current = statementDays(`this-${unit}`, today);
          assert.equal(last.to, dayBefore(current.from as CalendarDay));
        }
      }),
    );
  });
});
