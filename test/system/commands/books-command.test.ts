import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readCamt } from '../../../src/adapters/books/bank/camt-reader.ts';
import { readClientBank } from '../../../src/adapters/books/bank/client-bank-reader.ts';
import { booksOptions } from '../../../src/main/commands/books-options.ts';
import { WrongUsage } from '../../../src/main/commands/import-options.ts';
import { ledgerOptions } from '../../../src/main/commands/ledger-options.ts';
import { all, inPieces } from '../../support/any-statement.ts';
import {
  ensureBookkeeping,
  hledgerChecks,
  ledgerBalances,
} from '../../support/bookkeeping-programs.ts';
import { exampleEvents, ledgerCommands } from '../../support/ledger-commands.ts';
import { skipUnless } from '../../support/skips.ts';
import { withXlsx } from '../../support/xlsx-look.ts';

describe('npm run books', function () {
  this.timeout(120_000);
  const { ledger, run, file } = ledgerCommands();

  it('exports a journal to a file or into a pipe, and leaves no half of one', async function () {
    skipUnless(this, await ensureBookkeeping());
    await ledger('post', '--file', exampleEvents);
    const journal = (...args: string[]) => run('books', 'export', '--format', 'journal', ...args);

    const [toFile, toPipe, part, nowhere] = await Promise.all([
      journal('--out', 'books.journal'),
      journal(),
      journal('--from', '2026-10-01', '--to', '2026-10-02', '--out', 'part.journal'),
      journal('--out', 'no/such/place'),
    ]);

    assert.deepEqual([toFile.code, toPipe.code, part.code, nowhere.code], [0, 0, 0, 3]);
    const journalFile = file('books.journal');
    assert.equal(readFileSync(journalFile, 'utf8'), toPipe.out);
    await hledgerChecks(journalFile);
    assert.ok((await ledgerBalances(journalFile)).size > 5);
    assert.match(toFile.err, /^\d+ entries on \d+ accounts written\n$/);
    assert.ok(!existsSync(file('no')));
  });

  it('exports a statement of an account, which the readers of its formats read', async () => {
    await ledger('post', '--file', exampleEvents);
    const days = ['--from', '2026-01-01', '--to', '2026-12-31'];
    const statement = (format: string, account: string, ...more: string[]) =>
      run('books', 'export', '--format', format, '--account', account, ...days, ...more);
    const clearing = 'clearing:alpha:RUB';
    const number = ['--number', '40702810200000000001'];

    const [bank, camt, table, none] = await Promise.all([
      statement('1c', clearing, ...number, '--out', 'bank.txt'),
      statement('camt.053', clearing, '--out', 'bank.xml'),
      statement('csv', clearing),
      statement('csv', 'clearing:nobody:RUB', '--out', 'none.csv'),
    ]);
    const sheet = await statement('xlsx', clearing, '--out', 'sheet.xlsx');

    const ended = [bank, camt, table, none, sheet];
    assert.deepEqual(
      ended.map(({ code }) => code),
      [0, 0, 0, 2, 0],
    );
    const pieces = (name: string) => inPieces(readFileSync(file(name)), 500);
    const read = [
      await all(readClientBank(pieces('bank.txt'))),
      await all(readCamt(pieces('bank.xml'))),
    ];
    const rows = table.out.trim().split('\r\n').length - 3;
    assert.ok(rows > 0);
    assert.deepEqual(
      read.map((items) => items.filter(({ kind }) => kind === 'movement').length),
      [rows, rows],
    );
    withXlsx(readFileSync(file('sheet.xlsx')), (xlsx) => {
      const amounts = xlsx.rows().map(([, , amount]) => amount?.text);
      const wanted = table.out.trim().split('\r\n');
      assert.deepEqual(
        amounts,
        wanted.map((line) => line.split(';')[2]),
      );
    });
    // Taken for a bank's file: what fits is booked once, the rest is listed, and half a file is not believed.
    writeFileSync(file('settlements.json'), JSON.stringify({ alpha: { name: 'Alpha' } }));
    const imported = await run('books', 'import', '--file', 'bank.txt');
    assert.equal(imported.code, 1);
    assert.match(imported.err, /^\d+ movements: 5 settlements booked, 0 known already, 1 not of/m);
    const again = await run('books', 'import', '--file', 'bank.txt');
    assert.match(again.err, /^\d+ movements: 0 settlements booked, 5 known already, 1 not of/m);
    writeFileSync(file('cut.xml'), readFileSync(file('bank.xml')).subarray(0, 900));
    const cut = await run('books', 'import', '--file', 'cut.xml');
    assert.equal(cut.code, 2);
    assert.match(cut.err, /^kabinet: line \d+: no well-formed XML[^\n]+\n$/);
    assert.match(none.err, /nothing was ever posted on clearing:nobody:RUB/);
    assert.ok(!existsSync(file('none.csv')));
  });

  it('explain themselves, and say in one sentence what is wrong with a command line', async () => {
    const [help, books, odd] = await Promise.all([
      ledger('--help'),
      run('books', '--help'),
      ledger('audit'),
    ]);
    assert.match(help.out, /^Usage: npm run ledger -- check[^]*Exit code/);
    assert.match(books.out, /^Usage: npm run books -- export[^]*Exit code/);
    assert.deepEqual([help.code, books.code, odd.code], [0, 0, 2]);
    assert.match(odd.err, /^kabinet: say what to do: check, [^\n]+\n$/);

    const statement = ['export', '--from', '2026-11-01', '--to', '2026-11-30'];
    const wrong: readonly (readonly [() => unknown, RegExp])[] = [
      [() => ledgerOptions([]), /say what to do/],
      [() => ledgerOptions(['check', 'twice']), /there is no twice to check/],
      [() => ledgerOptions(['check', '--seal', '5']), /--seal 5 is no seal/],
      [() => ledgerOptions(['balance', '--at', '31.10.2026']), /--at 31\.10\.2026 is no day/],
      [() => ledgerOptions(['close']), /--period 2026-10/],
      [() => ledgerOptions(['close', '--period', '2026-13']), /not 2026-13/],
      [() => ledgerOptions(['post']), /--file FILE/],
      [() => ledgerOptions(['why']), /--invoice ID/],
      [() => ledgerOptions(['close-account']), /--account NUMBER/],
      [() => ledgerOptions(['close-account', '--account', 'a']), /--reason TEXT/],
      ...(
        [
          [[], /--case ID/],
          [['--case', 'a b'], /--case a b is no name/],
          [['--case', 'a'], /--by NAME/],
          [['--case', 'a', '--by', 'A', '--agree', '--decline'], /not both/],
          [['--case', 'a', '--by', 'A'], /--provider CODE/],
          [['--case', 'a', '--by', 'A', '--provider', 'a:b'], /--provider a:b is no name/],
          [
            ['--case', 'a', '--by', 'A', '--provider', 'a', '--amount', '1,00'],
            /1,00 is no sum of RUB/,
          ],
          [['--case', 'a', '--by', 'A', '--provider', 'a', '--amount', '1.00'], /--reason TEXT/],
        ] as const
      ).map(([args, sentence]) => [() => ledgerOptions(['tolerate', ...args]), sentence] as const),
      [() => ledgerOptions(['check', '--colour']), /--colour/],
      [() => booksOptions([]), /say what to do: export or import/],
      [() => booksOptions(['import']), /--file FILE/],
      [() => booksOptions(['export']), /name the format: journal, 1c, camt\.053/],
      [() => booksOptions(['export', '--format', 'csv']), /--from and --to/],
      [() => booksOptions([...statement, '--format', 'csv']), /--account clearing:yookassa:RUB/],
      [
        () => booksOptions([...statement, '--format', '1c', '--account', 'bank:main:RUB']),
        /--number with 20 digits/,
      ],
      [() => booksOptions(['export', '--format', 'journal', '--to', 'x']), /--to x is no day/],
      [
        () =>
          booksOptions([
            'export',
            '--format',
            'journal',
            '--from',
            '2026-02-01',
            '--to',
            '2026-01-01',
          ]),
        /is before/,
      ],
      [() => booksOptions(['--colour']), /--colour/],
    ];
    for (const [read, sentence] of wrong) {
      assert.throws(read, (error) => error instanceof WrongUsage && sentence.test(error.message));
    }
  });
});
