import assert from 'node:assert/strict';
import { groupByDay } from '../../../src/adapters/browser/history/day-groups.ts';
import {
  isFiltered,
  periodDays,
  periodOf,
  readFilters,
} from '../../../src/adapters/browser/history/operation-filters.ts';
import { readSearch, writeSearch } from '../../../src/adapters/browser/search-params.ts';
import { givenOperation } from './given-live.ts';

describe('groupByDay', () => {
  const late = givenOperation({ id: 'a', postedAt: '2026-11-14T21:30:00Z', minor: '500' });
  const evening = givenOperation({ id: 'b', postedAt: '2026-11-14T20:59:59Z', minor: '-200' });
  const morning = givenOperation({ id: 'c', postedAt: '2026-11-14T06:00:00Z', minor: '50' });

  it('cuts days at midnight of the company’s time zone', () => {
    const groups = groupByDay([late, evening, morning], 'Europe/Moscow', false);

    assert.deepEqual(
      groups.map(({ day, operations }) => [day, operations.map(({ id }) => id)]),
      [
        ['2026-11-15', ['a']],
        ['2026-11-14', ['b', 'c']],
      ],
    );
  });

  it('gives the total of whole days only', () => {
    const totals = (hasMore: boolean) =>
      groupByDay([late, evening, morning], 'Europe/Moscow', hasMore).map((group) => group.totals);

    assert.deepEqual(totals(false), [
      [{ minor: '500', currency: 'RUB' }],
      [{ minor: '-150', currency: 'RUB' }],
    ]);
    assert.deepEqual(totals(true)[1], undefined);
  });
});

describe('filters in the address', () => {
  it('keep what makes sense and drop the rest', () => {
    const search = readSearch('?kind=payment&from=2026-02-30&to=2026-02-28&q=%20007%20&x=1');

    assert.deepEqual(readFilters(search), { kind: 'payment', to: '2026-02-28', q: '007' });
    assert.deepEqual(readFilters({ kind: 'theft', q: 7 }), {});
    assert.equal(isFiltered(readFilters({})), false);
  });

  it('come back from the address as they were written', () => {
    const filters = { kind: 'refund', from: '2026-01-01', q: 'аренда & 007' } as const;

    assert.deepEqual(readFilters(readSearch(writeSearch(filters))), filters);
    assert.equal(writeSearch({ kind: undefined, q: '' }), '');
  });

  it('know the months, also over the turn of a year and in a leap year', () => {
    assert.deepEqual(periodDays('last-month', '2026-01-31'), {
      from: '2025-12-01',
      to: '2025-12-31',
    });
    assert.deepEqual(periodDays('this-month', '2028-02-10'), {
      from: '2028-02-01',
      to: '2028-02-29',
    });
    assert.equal(periodOf(periodDays('this-year', '2026-05-05'), '2026-05-05'), 'this-year');
    assert.equal(periodOf({ from: '2026-05-02' }, '2026-05-05'), undefined);
  });
});
