import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresLedgerSeals } from '../../src/adapters/postgres/books/postgres-ledger-seals.ts';
import { prepareDatabase } from '../../src/main/database.ts';
import { readCamt } from '../../src/adapters/books/bank/camt-reader.ts';
import { readClientBank } from '../../src/adapters/books/bank/client-bank-reader.ts';
import { booksOptions } from '../../src/main/commands/books-options.ts';
import { WrongUsage } from '../../src/main/commands/import-options.ts';
import { ledgerOptions } from '../../src/main/commands/ledger-options.ts';
import {
  ensureBookkeeping,
  hledgerChecks,
  ledgerBalances,
} from '../support/bookkeeping-programs.ts';
import {
  ledgerNow,
  postgresLedgerStage,
  type PostgresLedgerStage,
} from '../support/ledger-stage.ts';
import { all, inPieces } from '../support/any-statement.ts';
import { skipUnless } from '../support/skips.ts';
import { withXlsx } from '../support/xlsx-look.ts';

const home = join(import.meta.dirname, '../..');
const example = join(home, 'docs/examples/ledger-events.jsonl');

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('npm run ledger and npm run books', function () {
  this.timeout(120_000);
  let folder: string;
  let stage: PostgresLedgerStage;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-ledger-'));
    stage = await postgresLedgerStage();
    await prepareDatabase('books', stage.url);
    await stage.addAccount('RUB', '7000001');
  });
  afterEach(async () => {
    await stage.close();
    rmSync(folder, { recursive: true });
  });

  const run = (command: 'ledger' | 'books', ...args: string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const script = join(home, `src/main/commands/${command}.ts`);
      const settlements = join(folder, 'settlements.json');
      const env = {
        ...process.env,
        BOOKS_DATABASE_URL: stage.url,
        SETTLEMENTS_FILE: settlements,
        TOLERATED_A_DAY: '100.00 RUB',
      };
      execFile(process.execPath, [script, ...args], { env, cwd: folder }, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      });
    });
  const ledger = (...args: string[]) => run('ledger', ...args);
  const given = (text: string): string => {
    writeFileSync(join(folder, 'events.jsonl'), text);
    return 'events.jsonl';
  };
  const seal = () => new PostgresLedgerSeals(stage.pool).seal(ledgerNow);

  it('posts every kind of event from a file, and nothing twice', async () => {
    const first = await ledger('post', '--file', example);
    const again = await ledger('post', '--file', example);

    const lines = readFileSync(example, 'utf8').trimEnd().split('\n').length;
    assert.deepEqual(
      [first.code, first.out, first.err],
      [0, `${lines} posted, 0 known already\n`, ''],
    );
    assert.deepEqual([again.code, again.out], [0, `0 posted, ${lines} known already\n`]);

    const bill = await ledger('why', '--invoice', 'bill-2026-10-7000001');
    assert.equal(bill.code, 0, bill.err);
    assert.match(bill.out, /^ {2}12\.5 m³ × 43\.5712 × 15\/31 = 263\.54 RUB \(\+0\.00451\)$/m);
    assert.match(bill.out, /^to pay: \d+\.\d\d RUB$/m);
    const none = await ledger('why', '--invoice', 'x');
    assert.deepEqual([none.code, none.err], [2, 'kabinet: there is no bill x\n']);
  });

  it('ends at the first line that is refused, and names it', async () => {
    const [good = ''] = readFileSync(example, 'utf8').split('\n');
    const refusals: Readonly<Record<string, RegExp>> = {
      '{': /line 3: is no JSON/,
      '{"type":"gift"}': /line 3: has no type of charge-raised, /,
      '{"type":"settled","provider":"a b"}': /line 3: at /,
      '{"type":"charge-cancelled","invoiceId":"none","account":"7000001","at":"2026-10-01T00:00:00Z"}':
        /line 3: original-unknown charge:none/,
      '{"type":"settled","provider":"alpha","batchId":"1","amount":{"value":"1.5","currency":"RUB"},"at":"2026-10-01T00:00:00Z"}':
        /line 3: amount is no sum of its currency/,
    };
    for (const [line, sentence] of Object.entries(refusals)) {
      const { code, err } = await ledger('post', '--file', given(`${good}\n\n${line}\n${good}\n`));
      assert.equal(code, 1);
      assert.match(err, sentence);
    }
    const nowhere = await ledger('post', '--file', 'nowhere');
    assert.deepEqual(
      [nowhere.code, nowhere.err.split(':').slice(0, 2)],
      [3, ['kabinet', ' cannot read nowhere']],
    );
  });

  it('lets a difference pass by one person up to the limit of the day, by two above it, and once', async () => {
    const tolerate = (caseId: string, ...args: string[]) =>
      ledger('tolerate', '--case', caseId, ...args);
    const ask = (caseId: string, amount: string) =>
      tolerate(
        caseId,
        '--provider',
        'alpha',
        `--amount=${amount}`,
        '--by',
        'Anna',
        '--reason',
        'fee',
      );

    const small = await ask('alpha:1', '100.00');
    const large = await ask('alpha:2', '-0.01');
    const own = await tolerate('alpha:2', '--agree', '--by', ' anna');
    const agreed = await Promise.all([
      tolerate('alpha:2', '--agree', '--by', 'Boris'),
      tolerate('alpha:2', '--agree', '--by', 'Vera'),
    ]);
    const [closed, stranger, list] = await Promise.all([
      tolerate('alpha:2', '--decline', '--by', 'Boris'),
      tolerate('alpha:3', '--agree', '--by', 'Boris'),
      ledger('tolerate', '--list'),
    ]);
    const file = await ledger('post', '--file', given('{"type":"difference-tolerated"}'));

    assert.deepEqual(
      [small.code, small.out],
      [0, 'case alpha:1 is closed: 100.00 RUB let pass by Anna, booked as diff:alpha:1\n'],
      small.err,
    );
    assert.equal(large.code, 1);
    assert.match(large.out, /^case alpha:2 waits for a second person/);
    assert.deepEqual(
      [own.code, own.err],
      [2, 'kabinet: somebody else has to agree: nobody approves their own\n'],
    );
    const outs = agreed.map(({ code, out }) => [
      code,
      / (booked|booked before) as /.exec(out)?.[1],
    ]);
    assert.deepEqual(outs.toSorted(), [
      [0, 'booked'],
      [0, 'booked before'],
    ]);
    assert.match(closed.err, /^kabinet: case alpha:2 is closed \(agreed\)/);
    assert.match(stranger.err, /^kabinet: nobody has asked about case alpha:3/);
    assert.match(
      list.out,
      /^alpha:2 {2}alpha {2}-0\.01 RUB {2}agreed by (Boris|Vera) {2}asked by Anna /,
    );
    assert.equal(file.code, 1);
    assert.match(file.err, /line 1: is no event for a file: npm run ledger -- tolerate/);
    const { rows } = await stage.pool.query<{ key: string }>('SELECT key FROM entry ORDER BY seq');
    assert.deepEqual(
      rows.map(({ key }) => key),
      ['diff:alpha:1', 'diff:alpha:2'],
    );
  });

  it('closes an account that stands at nothing, and says what is in the way of another', async () => {
    const close = (account: string) =>
      ledger('close-account', '--account', account, '--reason', 'sold');
    await stage.addAccount('RUB', '7000009');
    await ledger('post', '--file', example);

    const [busy, none, closed] = [
      await close('7000001'),
      await close('none'),
      await close('7000009'),
    ];
    const charge =
      '{"type":"charge-raised","invoiceId":"i","account":"7000009","amount":{"value":"1.00","currency":"RUB"},"at":"2026-10-01T00:00:00Z"}';
    const late = await ledger('post', '--file', given(charge));

    assert.equal(busy.code, 2);
    assert.match(busy.err, /^kabinet: account 7000001 (stands at -?\d+\.\d\d RUB|has money held)/);
    assert.deepEqual([none.code, none.err], [2, 'kabinet: there is no account none\n']);
    assert.equal(closed.code, 0, closed.err);
    assert.match(closed.out, /^closed: account 7000009; /);
    assert.equal(late.code, 1);
    assert.match(late.err, /line 1: account-closed 7000009: nothing is posted to a closed account/);
    const { rows } = await stage.pool.query('SELECT DISTINCT reason FROM closed_ledger_account');
    assert.deepEqual(rows, [{ reason: 'sold' }]);
  });

  it('prints the trial balance of now, of a day, and by account', async () => {
    await ledger('post', '--file', example);

    const [now, then, every, json] = await Promise.all([
      ledger('balance'),
      ledger('balance', '--at', '2026-10-02'),
      ledger('balance', '--accounts'),
      ledger('balance', '--json'),
    ]);

    for (const { code, err } of [now, then, every, json]) assert.deepEqual([code, err], [0, '']);
    assert.match(now.out, /^receivable +62\.01 +RUB /m);
    assert.match(now.out, /^all +RUB +(\d+\.\d\d) +\1 +0\.00$/m);
    assert.match(every.out, /^clearing:alpha:RUB +57\.03 +RUB /m);
    assert.doesNotMatch(then.out, /^bank/m);
    const { currencies } = JSON.parse(json.out) as {
      currencies: { debits: string; credits: string }[];
    };
    for (const { debits, credits } of currencies) assert.equal(debits, credits);
  });

  it('closes a month that is over, once', async () => {
    const closed = await ledger('close', '--period', '2026-10');
    const [again, future] = await Promise.all([
      ledger('close', '--period', '2026-10'),
      ledger('close', '--period', '2999-01'),
    ]);

    assert.equal(closed.code, 0, closed.err);
    assert.match(closed.out, /^closed: 2026-10 and all before it/);
    assert.deepEqual([again.code, future.code], [2, 2]);
    assert.match(again.err, /2026-10 is closed already/);
    assert.match(future.err, /2999-01 is not over yet/);
    assert.equal((await ledger('post', '--file', example)).code, 0);
    assert.equal(await stage.bookedIn('2026-10'), 0);
  });

  it('checks sound books, and names what was changed behind it', async () => {
    await ledger('post', '--file', example);
    await seal();
    const sound = await ledger('check');
    assert.equal(sound.code, 0, sound.out);
    const [, mark = ''] =
      /^\d+ entries, all holds; the last of 1 seals is (\d+:[0-9a-f]{64})$/m.exec(sound.out) ?? [];
    assert.match(sound.err, /entries balance[^]*seals hold/);
    assert.equal((await ledger('check', '--seal', mark)).code, 0);
    const other = mark.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const strange = await ledger('check', '--seal', other);
    assert.equal(strange.code, 1);
    assert.match(strange.out, /seals hold: the seal at entry \d+: expected /);

    const client = await stage.pool.connect();
    await client.query('SET session_replication_role = replica');
    await client.query(
      "UPDATE ledger_counter SET debits = debits + 1 WHERE ledger_account = 'clearing:alpha:RUB'",
    );
    await client.query("UPDATE entry SET memo = 'other' WHERE seq = (SELECT min(seq) FROM entry)");
    client.release(true);

    const [text, json] = await Promise.all([ledger('check'), ledger('check', '--json')]);
    assert.deepEqual([text.code, json.code], [1, 1]);
    assert.match(
      text.out,
      /^counters are the sums of their postings: counter clearing:alpha:RUB in RUB: expected debits /m,
    );
    assert.match(text.out, /^seals hold: the \d+ entries sealed up to entry \d+: expected /m);
    const lines = json.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { place?: string; differences?: number });
    assert.equal(lines.length, 3);
    assert.equal(lines.at(-1)?.differences, 2);
  });

  it('exports a journal to a file or into a pipe, and leaves no half of one', async function () {
    skipUnless(this, await ensureBookkeeping());
    await ledger('post', '--file', example);
    const journal = (...args: string[]) => run('books', 'export', '--format', 'journal', ...args);

    const [toFile, toPipe, part, nowhere] = await Promise.all([
      journal('--out', 'books.journal'),
      journal(),
      journal('--from', '2026-10-01', '--to', '2026-10-02', '--out', 'part.journal'),
      journal('--out', 'no/such/place'),
    ]);

    assert.deepEqual([toFile.code, toPipe.code, part.code, nowhere.code], [0, 0, 0, 3]);
    const file = join(folder, 'books.journal');
    assert.equal(readFileSync(file, 'utf8'), toPipe.out);
    await hledgerChecks(file);
    assert.ok((await ledgerBalances(file)).size > 5);
    assert.match(toFile.err, /^\d+ entries on \d+ accounts written\n$/);
    assert.ok(!existsSync(join(folder, 'no')));
  });

  it('exports a statement of an account, which the readers of its formats read', async () => {
    await ledger('post', '--file', example);
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
    const file = (name: string) => inPieces(readFileSync(join(folder, name)), 500);
    const read = [
      await all(readClientBank(file('bank.txt'))),
      await all(readCamt(file('bank.xml'))),
    ];
    const rows = table.out.trim().split('\r\n').length - 3;
    assert.ok(rows > 0);
    assert.deepEqual(
      read.map((items) => items.filter(({ kind }) => kind === 'movement').length),
      [rows, rows],
    );
    withXlsx(readFileSync(join(folder, 'sheet.xlsx')), (xlsx) => {
      const amounts = xlsx.rows().map(([, , amount]) => amount?.text);
      const wanted = table.out.trim().split('\r\n');
      assert.deepEqual(
        amounts,
        wanted.map((line) => line.split(';')[2]),
      );
    });
    // Taken for a bank's file: what fits is booked once, the rest is listed, and half a file is not believed.
    writeFileSync(join(folder, 'settlements.json'), JSON.stringify({ alpha: { name: 'Alpha' } }));
    const imported = await run('books', 'import', '--file', 'bank.txt');
    assert.equal(imported.code, 1);
    assert.match(imported.err, /^\d+ movements: 5 settlements booked, 0 known already, 1 not of/m);
    const again = await run('books', 'import', '--file', 'bank.txt');
    assert.match(again.err, /^\d+ movements: 0 settlements booked, 5 known already, 1 not of/m);
    writeFileSync(join(folder, 'cut.xml'), readFileSync(join(folder, 'bank.xml')).subarray(0, 900));
    const cut = await run('books', 'import', '--file', 'cut.xml');
    assert.equal(cut.code, 2);
    assert.match(cut.err, /^kabinet: line \d+: no well-formed XML[^\n]+\n$/);
    assert.match(none.err, /nothing was ever posted on clearing:nobody:RUB/);
    assert.ok(!existsSync(join(folder, 'none.csv')));
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
