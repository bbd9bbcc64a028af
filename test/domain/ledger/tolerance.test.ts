import assert from 'node:assert/strict';
import fc from 'fast-check';
import { currencies, type Currency } from '../../../src/domain/currency.ts';
import {
  eventOf,
  isSamePerson,
  toleranceAfter,
  type Tolerance,
  type ToleranceWord,
} from '../../../src/domain/ledger/tolerance.ts';
import { money } from '../../../src/domain/money.ts';
import type { CalendarDay } from '../../../src/domain/time.ts';
import '../../support/fc-runs.ts';
import { noon } from '../../support/given.ts';

const today = '2026-03-11' as CalendarDay;
const rub = (minor: bigint) => money(minor, 'RUB');
const limits = [rub(100_00n)];
const ask = (minor: bigint, by = 'Anna', currency: Currency = 'RUB'): ToleranceWord => ({
  ...{ tag: 'ask', provider: 'alpha', reason: 'bank fee', by },
  amount: money(minor, currency),
});
const said = (word: ToleranceWord, found?: Tolerance, aloneToday = 0n) =>
  toleranceAfter('c', word, { found, aloneToday, now: noon, today }, limits);
const after = (word: ToleranceWord, found?: Tolerance): Tolerance => {
  const answer = said(word, found);
  assert.ok(answer.ok);
  return answer.value;
};
const reasonOf = (word: ToleranceWord, found?: Tolerance) => {
  const answer = said(word, found);
  return answer.ok ? undefined : answer.refusal;
};

describe('A difference to let pass', () => {
  it('is within one person’s word up to the day’s limit, whatever its sign, and no kopeck above', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 200_00n),
        fc.bigInt(1n, 200_00n),
        fc.boolean(),
        (before, size, isMissing) => {
          const answer = said(ask(isMissing ? size : -size), undefined, before);
          assert.ok(answer.ok);
          const isAlone = before + size <= 100_00n;
          assert.equal(answer.value.state.tag, isAlone ? 'agreed' : 'waiting');
          assert.equal(eventOf(answer.value) !== undefined, isAlone);
        },
      ),
    );
  });

  it('takes two people in a currency that has no limit', () => {
    for (const currency of currencies.filter((each) => each !== 'RUB')) {
      assert.equal(after(ask(1n, 'Anna', currency)).state.tag, 'waiting');
    }
  });

  it('is agreed to by somebody else, and is booked as the event of its case', () => {
    const waiting = after(ask(-500_00n));
    const agreed = after({ tag: 'agree', by: 'Boris' }, waiting);

    assert.deepEqual(agreed.state, { tag: 'agreed', by: 'Boris', at: noon, on: today });
    assert.deepEqual(eventOf(agreed), {
      ...{ type: 'difference-tolerated', provider: 'alpha', caseId: 'c' },
      ...{ amount: rub(-500_00n), at: noon, memo: 'bank fee' },
    });
    assert.equal(eventOf(waiting), undefined);
  });

  it('is never agreed to by who asked, however they write their name', () => {
    for (const by of ['Anna', ' anna ', 'ANNA']) {
      assert.deepEqual(reasonOf({ tag: 'agree', by }, after(ask(500_00n))), {
        reason: 'same-person',
      });
    }
    assert.ok(isSamePerson('Анна  Орлова', 'анна орлова'));
    assert.ok(!isSamePerson('Anna', 'Anya'));
  });

  it('may be declined by anybody, who asked included, and stays closed', () => {
    const declined = after({ tag: 'decline', by: 'Anna' }, after(ask(500_00n)));

    const closed = { reason: 'case-closed', as: 'declined' };
    assert.deepEqual(reasonOf({ tag: 'agree', by: 'Boris' }, declined), closed);
    assert.deepEqual(reasonOf(ask(500_00n), declined), closed);
    assert.equal(after({ tag: 'decline', by: 'Boris' }, declined), declined);
    assert.equal(eventOf(declined), undefined);
  });

  it('changes nothing when it is said again, and is refused when it is said otherwise', () => {
    const waiting = after(ask(500_00n));
    const agreed = after({ tag: 'agree', by: 'Boris' }, waiting);
    const elsewhere = { ...ask(500_00n), provider: 'beta' } as ToleranceWord;

    assert.equal(after(ask(500_00n, 'Vera'), waiting), waiting);
    assert.equal(after(ask(500_00n), agreed), agreed);
    assert.equal(after({ tag: 'agree', by: 'Vera' }, agreed), agreed);
    const otherwise = { reason: 'asked-otherwise', by: 'Anna' };
    assert.deepEqual(reasonOf(ask(501_00n), waiting), otherwise);
    assert.deepEqual(reasonOf(elsewhere, waiting), otherwise);
    const closed = { reason: 'case-closed', as: 'agreed' };
    assert.deepEqual(reasonOf(ask(501_00n), agreed), closed);
    assert.deepEqual(reasonOf({ tag: 'decline', by: 'Boris' }, agreed), closed);
  });

  it('is of something, and of a case that somebody has asked about', () => {
    assert.deepEqual(reasonOf(ask(0n)), { reason: 'nothing-to-tolerate' });
    const unknown = { reason: 'case-unknown' };
    assert.deepEqual(reasonOf({ tag: 'agree', by: 'Boris' }), unknown);
    assert.deepEqual(reasonOf({ tag: 'decline', by: 'Boris' }), unknown);
  });
});
