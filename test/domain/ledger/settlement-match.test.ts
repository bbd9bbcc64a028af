import assert from 'node:assert/strict';
import { type BankMovement, unknownParty } from '../../../src/domain/bank-statement.ts';
import {
  matchSettlement,
  type SettlementRule,
} from '../../../src/domain/ledger/settlement-match.ts';
import type { CalendarDay } from '../../../src/domain/time.ts';

const movement: BankMovement = {
  number: '697162',
  day: '2026-11-12' as CalendarDay,
  minor: 125_450n,
  direction: 'in',
  other: { ...unknownParty, name: 'НКО «ЮМани»', taxNumber: '7750005725', account: '40702' },
  purpose: 'Перевод принятых платежей, реестр № 42 от 11.11.2026',
};
const rule: SettlementRule = {
  provider: 'yookassa',
  taxNumber: '7750005725',
  batch: /реестр\s*№?\s*(\d+)/iu,
};

describe('matching a settlement', () => {
  it('takes provider and register from who paid and what for', () => {
    assert.deepEqual(matchSettlement(movement, [rule]), { provider: 'yookassa', batchId: '42' });
    assert.deepEqual(matchSettlement(movement, [{ provider: 'qiwi', name: 'юмани' }]), {
      provider: 'qiwi',
      batchId: '2026-11-12:697162',
    });
    assert.equal(matchSettlement(movement, [{ provider: 'x', account: '40702' }])?.provider, 'x');
  });

  it('leaves to people what leaves the account, fits nobody, fits two, or names no register', () => {
    const left: readonly (readonly [BankMovement, readonly SettlementRule[]])[] = [
      [{ ...movement, direction: 'out' }, [rule]],
      [movement, []],
      [movement, [{ ...rule, taxNumber: '7750005726' }]],
      [movement, [{ ...rule, name: 'кто-то' }]],
      [movement, [rule, { provider: 'qiwi', name: 'юмани' }]],
      [{ ...movement, purpose: 'Возврат займа' }, [rule]],
      [movement, [{ provider: 'everybody' }]],
      [movement, [{ provider: 'everybody', name: '' }]],
    ];
    for (const [of, rules] of left) assert.equal(matchSettlement(of, rules), undefined);
  });
});
