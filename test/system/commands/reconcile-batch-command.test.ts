import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { camtFile } from '../../../src/adapters/books/bank/camt-writer.ts';
import { unknownParty } from '../../../src/domain/bank-statement.ts';
import type { CalendarDay } from '../../../src/domain/time.ts';
import { all, each } from '../../support/any-statement.ts';
import { noon } from '../../support/given.ts';
import { reconcileCommands } from '../../support/reconcile-commands.ts';
import { lineOf } from '../../support/yookassa-register.ts';

describe('npm run reconcile -- --batch', function () {
  this.timeout(60_000);
  const { run, given, reconcile, breaksIn, place } = reconcileCommands();

  const givenStatement = async (name: string, minor: bigint) => {
    const day = '2026-03-12' as CalendarDay;
    const owner = { ...unknownParty, account: '40702810200000000001' };
    const other = { ...unknownParty, name: 'НКО ЮМани', taxNumber: '7750005725' };
    const movement = {
      number: '17',
      day,
      minor,
      direction: 'in',
      other,
      purpose: 'реестр 42',
    } as const;
    const turnover = { opening: 0n, received: minor, spent: 0n };
    const facts = { id: '1', madeAt: noon, currency: 'RUB', owner, from: day, to: day } as const;
    const bytes = await all(camtFile('camt.053', { ...facts, turnover }, each([movement])));
    writeFileSync(place(name), Buffer.concat(bytes));
  };

  it('holds a transfer against the bank, in the list and the file of breaks, and heals it when all is told', async () => {
    writeFileSync(
      place('settlements.json'),
      JSON.stringify({ yookassa: { taxNumber: '7750005725', batch: 'реестр (\\d+)' } }),
    );
    const [friday, monday] = [
      given('fri.csv', lineOf('a'), lineOf('b')),
      given('mon.csv', lineOf('c')),
    ];
    await givenStatement('bank.xml', 3_490_00n);
    const deductions = (name: string, ...lines: string[]) => {
      writeFileSync(place(name), ['kind;ref;amount;currency', ...lines, ''].join('\n'));
      return ['--deductions', name];
    };
    const refund = 'refund;7;100.00;RUB';
    const compare = (batch: string, ...more: string[]) =>
      reconcile(friday, '--registry', monday, '--bank', 'bank.xml', '--batch', batch, ...more);

    const short = await compare('42', ...deductions('part.csv', refund), '--out', 'short.csv');
    const none = await compare('43', '--out', 'none.csv');
    const whole = await compare(
      '42',
      ...deductions('all.csv', refund, 'reserve-withheld;8;10.00;RUB'),
    );
    const [again, list, odd] = await Promise.all([
      compare('42', ...deductions('all.csv', refund, 'reserve-withheld;8;10.00;RUB')),
      run('--list'),
      reconcile(given('odd.csv', lineOf('a', { net: '' })), '--bank', 'bank.xml', '--batch', '42'),
    ]);

    const line = 'yookassa 2026-03-12 by settlement 42: 3 lines,';
    assert.equal(short.code, 1, short.err);
    assert.equal(
      short.out,
      `expected credit 3500.00 RUB = payments 3703.50 − fees 103.50 − refunds 100.00; got credit 3490.00 RUB (2026-03-12 document 17), difference -10.00 RUB\n${line} 0 matched; 1 × BATCH_DIFF\nthe breaks are listed in short.csv\n`,
    );
    assert.deepEqual(
      breaksIn('short.csv').map((row) => row.slice(0, 4)),
      [['BATCH_DIFF', 'open', '', '42']],
    );
    assert.equal(breaksIn('none.csv')[0]?.[0], 'NO_SETTLEMENT');
    assert.equal(none.code, 1);
    assert.equal(whole.code, 0, whole.err);
    assert.match(whole.out, /difference 0\.00 RUB\n[^\n]+ 3 matched; 1 × BATCH_DIFF healed\n/);
    assert.match(again.out, /^this very file was reconciled before:\n/);
    assert.equal(list.out.split('\n').filter((each) => each.startsWith(line)).length, 2);
    assert.equal(odd.code, 2);
    assert.match(odd.err, /^kabinet: batch 42: [^\n]*payment a, and a fee is not guessed\n$/);
  });
});
