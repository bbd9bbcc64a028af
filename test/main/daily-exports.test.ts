import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCamt } from '../../src/adapters/books/bank/camt-reader.ts';
import { prepareDatabase } from '../../src/main/database.ts';
import { readConfig } from '../../src/main/config.ts';
import { startDailyExports } from '../../src/main/daily-exports.ts';
import { Metrics } from '../../src/main/metrics.ts';
import { Started } from '../../src/main/running.ts';
import { dayBefore, dayIn, hour, instant } from '../../src/domain/time.ts';
import { postgresLedgerStage } from '../support/ledger-stage.ts';
import { waitFor } from '../support/processes.ts';
import { all, inPieces } from '../support/any-statement.ts';
import { withXlsx } from '../support/xlsx-look.ts';

describe('the books, day by day', function () {
  this.timeout(60_000);

  it('are there for other programs: a journal and a statement of an account that moved', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kabinet-daily-'));
    const stage = await postgresLedgerStage();
    const started = new Started();
    try {
      await prepareDatabase('books', stage.url);
      const plan = {
        directory: join(folder, 'out'),
        exports: [
          { name: 'journal', format: 'journal' },
          { name: 'alpha', format: 'camt.053', account: 'clearing:alpha:RUB' },
          { name: 'sheet', format: 'xlsx', account: 'clearing:alpha:RUB' },
          { name: 'nobody', format: 'csv', account: 'clearing:nobody:RUB' },
        ],
      };
      const exportsFile = join(folder, 'exports.json');
      writeFileSync(exportsFile, JSON.stringify(plan));
      const config = readConfig({ KABINET_DATA: folder, EXPORTS_FILE: exportsFile });
      const zone = config.company.timeZone;
      const yesterday = dayBefore(dayIn(zone, instant(Date.now() - hour)));
      await stage.addAccount('RUB', '7000001');
      const capture = {
        type: 'payment-captured',
        ...{ provider: 'alpha', paymentId: '1', account: '7000001' },
        amount: { minor: 123_450n, currency: 'RUB' },
        ...{ at: instant(Date.parse(`${yesterday}T12:00:00Z`)), memo: 'оплата' },
      } as const;
      assert.ok((await stage.post(capture)).ok);
      const told: string[] = [];
      const around = {
        config,
        metrics: new Metrics(),
        log: {
          event: (name: string, { reason = '' }: { reason?: string } = {}) =>
            told.push(`${name} ${reason}`),
        },
        databaseUrl: () => stage.url,
        openBroker: () => Promise.reject(new Error('nobody asks')),
      };

      startDailyExports(around, started);

      const file = (name: string) => join(folder, 'out', name);
      const statement = file(`alpha-${yesterday}.xml`);
      await waitFor('the statement', async () => existsSync(statement));
      assert.match(
        readFileSync(file(`journal-${yesterday}.journal`), 'utf8'),
        /1234\.50|1,234\.50/,
      );
      const items = await all(readCamt(inPieces(readFileSync(statement), 500)));
      assert.deepEqual(
        items.map(({ kind }) => kind),
        ['account', 'movement'],
      );
      assert.match(readFileSync(statement, 'utf8'), /1234\.50/);
      const sheet = file(`sheet-${yesterday}.xlsx`);
      await waitFor('the spreadsheet', async () => existsSync(sheet));
      withXlsx(readFileSync(sheet), ({ rows }) => {
        const [day, number, amount] = rows()[2] ?? [];
        assert.deepEqual(
          [number?.text, amount?.text, amount?.type],
          ['capture:alpha:1', '1234.50', 'n'],
        );
        const serial = Date.parse(`${yesterday}T00:00:00Z`) / 86_400_000 + 25_569;
        assert.equal(Number(day?.text), serial);
      });
      assert.ok(!existsSync(file(`nobody-${yesterday}.csv`)));
      await waitFor('the log', async () => told.includes(`books-exported alpha ${yesterday}`));
    } finally {
      await started.stop();
      await stage.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('cost nothing where nobody asks for them', () => {
    const started = new Started();
    const config = readConfig({});
    startDailyExports({ config } as Parameters<typeof startDailyExports>[0], started);
    assert.equal(config.exportsFile, undefined);
  });
});
