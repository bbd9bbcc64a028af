import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { journalAccount, journalForm } from '../../../src/adapters/books/journal.ts';
import { MemoryLedgerReports } from '../../../src/adapters/memory/memory-ledger-reports.ts';
import { exportJournal } from '../../../src/application/accounting/export-journal.ts';
import { exponentOf, isCurrency } from '../../../src/domain/currency.ts';
import { anyLedgerEvent } from '../../support/any-ledger-event.ts';
import {
  ensureBookkeeping,
  hledgerBalances,
  hledgerChecks,
  ledgerBalances,
  type Balances,
} from '../../support/bookkeeping-programs.ts';
import { skipUnless } from '../../support/skips.ts';
import { ledgerWorld } from '../../support/ledger-world.ts';
import { memoryLedgerStage } from '../../support/ledger-stage.ts';
import { money } from '../../../src/domain/money.ts';
import { noon } from '../../support/given.ts';
import type { CalendarDay } from '../../../src/domain/time.ts';
import type { MemoryLedger } from '../../../src/adapters/memory/memory-ledger.ts';

const digits = (currency: string): number => {
  assert.ok(isCurrency(currency), currency);
  return exponentOf(currency);
};
const all = { from: undefined, to: undefined };

const journalOf = async (
  ledger: MemoryLedger,
  range = all as Parameters<ReturnType<typeof exportJournal>>[0],
) => {
  let text = '';
  const write = async (part: string) => {
    text += part;
  };
  const done = await exportJournal(new MemoryLedgerReports(ledger), journalForm)(
    range,
    write,
    () => undefined,
  );
  return { text, ...done };
};
/** Our own balances, by the names of the journal. */
const ours = (ledger: MemoryLedger): Balances => {
  const balances = new Map<string, bigint>();
  for (const { account, side, amount } of ledger.postings()) {
    const key = `${journalAccount(account)} ${amount.currency}`;
    balances.set(
      key,
      (balances.get(key) ?? 0n) + (side === 'debit' ? amount.minor : -amount.minor),
    );
  }
  return new Map([...balances].filter(([, minor]) => minor !== 0n));
};
const sorted = (balances: Balances) => [...balances].toSorted(([a], [b]) => (a < b ? -1 : 1));

describe('The journal for other bookkeeping programs', function () {
  this.timeout(300_000);
  let folder: string;
  let missing: true | string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-journal-'));
    missing = await ensureBookkeeping();
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const fileOf = (text: string): string => {
    const file = join(folder, 'books.journal');
    writeFileSync(file, text);
    return file;
  };

  it('is accepted by hledger and ledger, which find every balance as we do, in every currency', async function () {
    skipUnless(this, missing);
    for (const seed of [1, 2, 3]) {
      const world = ledgerWorld();
      for (const event of fc.sample(anyLedgerEvent, { numRuns: 300, seed }))
        await world.tell(event, {});
      const { text, entries } = await journalOf(world.ledger);
      const file = fileOf(text);

      assert.equal(entries, world.ledger.kept.size);
      await hledgerChecks(file);
      const expected = sorted(ours(world.ledger));
      assert.ok(
        new Set(expected.map(([key]) => key.slice(-3))).size === 6,
        'every currency is there',
      );
      assert.deepEqual(sorted(await hledgerBalances(file, digits)), expected);
      assert.deepEqual(sorted(await ledgerBalances(file)), expected);
    }
  });

  it('keeps sums of any size, and texts and account numbers of any characters, apart', async function () {
    skipUnless(this, missing);
    const stage = await memoryLedgerStage();
    const odd = [
      '4 0 7',
      '4  0 7',
      '407;x',
      '(407)',
      'A:b',
      'A_b',
      'Ж-ё',
      '"x" |y',
      '=1',
      '@',
      '*',
      '#',
      "'",
      '[x]',
    ];
    const largest = 9_223_372_036_854_775_807n;
    for (const [n, number] of odd.entries()) {
      await stage.addAccount('KWD', number);
      const told = {
        at: noon,
        memo: `${number}\n; tag:x | «${number}»  ${String.fromCharCode(7)}`,
      };
      const amount = money(largest - BigInt(n), 'KWD');
      const done = await stage.post({
        ...told,
        type: 'charge-raised',
        invoiceId: number,
        account: number,
        amount,
      });
      assert.ok(done.ok);
    }
    const file = fileOf((await journalOf(stage.ledger)).text);

    await hledgerChecks(file);
    const expected = sorted(ours(stage.ledger));
    assert.equal(expected.length, odd.length + 1);
    assert.deepEqual(sorted(await hledgerBalances(file, digits)), expected);
    assert.deepEqual(sorted(await ledgerBalances(file)), expected);
  });

  it('says what every account stands at, so that a journal somebody changed is refused', async function () {
    skipUnless(this, missing);
    const stage = await memoryLedgerStage();
    await stage.addAccount('RUB', 'A1');
    const charge = { at: noon, memo: 'x', type: 'charge-raised', account: 'A1' } as const;
    for (const invoiceId of ['1', '2'])
      await stage.post({ ...charge, invoiceId, amount: money(5_00n, 'RUB') });
    const { text } = await journalOf(stage.ledger);
    const changed = text.replace(/\n[^\n]+\(charge_3A_1\)[^]*?\n\n/, '\n\n');

    await hledgerChecks(fileOf(text));
    assert.notEqual(changed, text);
    await assert.rejects(hledgerChecks(fileOf(changed)), /balance assertion/i);
    await assert.rejects(ledgerBalances(fileOf(changed)), /Balance assertion/i);
    await assert.rejects(
      hledgerChecks(fileOf(text.replaceAll('5.00 RUB\n    Income', '5.01 RUB\n    Income'))),
      /balance/i,
    );
  });

  it('writes only the days that were asked for, and then claims nothing', async () => {
    const stage = await memoryLedgerStage();
    await stage.addAccount('RUB', 'A1');
    const charge = {
      memo: '',
      type: 'charge-raised',
      account: 'A1',
      amount: money(5n, 'RUB'),
    } as const;
    for (const n of [1, 2, 3]) {
      const at = (noon + n * 86_400_000) as typeof noon;
      await stage.post({ ...charge, at, invoiceId: String(n) });
    }
    const days = [...stage.ledger.kept.values()].map(({ bookedOn }) => bookedOn);
    const range = { from: days[1], to: days[1] as CalendarDay };

    const { text, entries, accounts } = await journalOf(stage.ledger, range);

    assert.deepEqual([entries, accounts], [1, 2]);
    assert.match(text, /\(charge_3A_2\) charge\n/);
    assert.doesNotMatch(text, /what the books say/);
    const none = await journalOf((await memoryLedgerStage()).ledger);
    assert.deepEqual(
      [none.entries, none.text],
      [0, journalForm.heading(['RUB', 'USD', 'EUR', 'KZT', 'JPY', 'KWD'])],
    );
  });
});
