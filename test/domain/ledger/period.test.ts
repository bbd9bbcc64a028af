import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  bookedOn,
  closeMonth,
  firstDayOf,
  firstOpenDay,
  monthOf,
  nextMonth,
  parseMonth,
  type Month,
} from '../../../src/domain/ledger/period.ts';
import { nextDay, type CalendarDay } from '../../../src/domain/time.ts';
import { anyDay } from '../../support/any.ts';

const month = (text: string): Month => parseMonth(text)!;
const day = (text: string) => text as CalendarDay;

describe('a month of the books', () => {
  it('is followed by the month that begins on the day after its last', () => {
    fc.assert(
      fc.property(anyDay, (of) => {
        const next = nextMonth(monthOf(of));
        assert.equal(firstDayOf(next) > of, true);
        const isLast = monthOf(nextDay(of)) !== monthOf(of);
        if (isLast) assert.equal(firstDayOf(next), nextDay(of));
      }),
    );
    assert.equal(nextMonth(month('2026-12')), '2027-01');
    assert.equal(nextMonth(month('2028-02')), '2028-03');
    for (const text of ['2026-13', '2026-1', '2026', '2026-10-01', '']) {
      assert.equal(parseMonth(text), undefined, text);
    }
  });

  it('takes what happens in it while it is open; what comes late goes to the first open day', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (effective, other) => {
        assert.deepEqual(bookedOn(effective, undefined, undefined), { ok: true, value: effective });
        const closed = monthOf(other);
        const booked = bookedOn(effective, undefined, closed);
        assert.ok(booked.ok);
        assert.ok(booked.value >= firstOpenDay(closed)!);
        if (monthOf(effective) > closed) assert.equal(booked.value, effective);
        else assert.equal(booked.value, firstOpenDay(closed));
      }),
    );
  });

  it('that is closed takes nothing that asks for a day in it', () => {
    const closed = month('2026-10');
    const refusal = { reason: 'period-closed', through: closed } as const;
    const asked = bookedOn(day('2026-11-05'), day('2026-10-31'), closed);
    assert.deepEqual(asked, { ok: false, refusal });
    assert.deepEqual(bookedOn(day('2026-10-05'), day('2026-11-01'), closed), {
      ok: true,
      value: '2026-11-01',
    });
  });

  it('closes once, when it is over, and with it all before', () => {
    const today = day('2026-11-01');
    assert.deepEqual(closeMonth(month('2026-10'), undefined, today), {
      ok: true,
      value: '2026-10',
    });
    assert.deepEqual(closeMonth(month('2026-11'), undefined, today), {
      ok: false,
      refusal: { reason: 'not-over' },
    });
    for (const text of ['2026-10', '2026-09']) {
      assert.deepEqual(closeMonth(month(text), month('2026-10'), today), {
        ok: false,
        refusal: { reason: 'already-closed', through: '2026-10' },
      });
    }
  });
});
