import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { books } from '../../src/adapters/postgres/books/migrations/20261122-books.ts';
import { booksMigrations } from '../../src/adapters/postgres/books/books-migrations.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { PostgresLedgerReports } from '../../src/adapters/postgres/books/postgres-ledger-reports.ts';
import { PostgresLedgerSeals } from '../../src/adapters/postgres/books/postgres-ledger-seals.ts';
import { checkLedger } from '../../src/application/accounting/check-ledger.ts';
import { postOperation } from '../../src/domain/ledger/posting-rules.ts';
import { balanceOfStanding, standingAfter, standingOf } from '../../src/domain/ledger/standing.ts';
import { money } from '../../src/domain/money.ts';
import { instant } from '../../src/domain/time.ts';
import { companyWorld, filesOf, smallCompany } from '../support/given-company.ts';
import { fcFewRuns } from '../support/fc-runs.ts';
import { postgresLedgerStage, type PostgresLedgerStage } from '../support/ledger-stage.ts';
import { testDatabase } from '../support/postgres.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

/** SQL that writes an entry of two postings, whatever it is. */
const entrySql = (
  key: string,
  columns: Readonly<Record<string, string>> = {},
  account = 'bank:RUB',
  currency = 'RUB',
) => {
  const id = randomUUID();
  const names = Object.keys(columns)
    .map((name) => `, ${name}`)
    .join('');
  const values = Object.values(columns)
    .map((value) => `, ${value}`)
    .join('');
  return `INSERT INTO entry (customer_id, id, key, kind, effective_at, recorded_at, memo${names})
      VALUES ('${nobody}', '${id}', '${key}', 'x', now(), now(), ''${values});
    INSERT INTO posting VALUES ('${nobody}', '${id}', 1, '${account}', 'debit', 5, '${currency}'),
      ('${nobody}', '${id}', 2, 'opening:${currency}', 'credit', 5, '${currency}');`;
};

describe('The ledger’s own guards in PostgreSQL', function () {
  this.timeout(60_000);
  let stage: PostgresLedgerStage;
  beforeEach(async () => {
    stage = await postgresLedgerStage();
  });
  afterEach(() => stage.close());
  const does = (sql: string) => stage.pool.query(sql);

  it('let nobody book into a closed month, whatever program it is', async () => {
    await does("INSERT INTO closed_period VALUES ('2026-10-01', now())");

    await assert.rejects(does(entrySql('a', { booked_on: "'2026-10-31'" })), /in a closed period/);
    await does(entrySql('b', { booked_on: "'2026-11-01'" }));
    await assert.rejects(does("INSERT INTO closed_period VALUES ('2026-10-02', now())"), /check/);
  });

  it('let nobody post to a closed account, or to one that the chart or its currency does not know', async () => {
    await does("INSERT INTO closed_ledger_account VALUES ('bank:RUB', now(), 'moved')");

    await assert.rejects(does(entrySql('a')), /touches a closed account/);
    await does(entrySql('b', {}, 'bank:main:RUB'));
    await assert.rejects(does(entrySql('c', {}, 'bank:EUR')), /posting_account/);
    await assert.rejects(does(entrySql('d', {}, 'purse:RUB')), /posting_account/);
  });

  it('reverse an entry once, never a reversal, and nothing that is not there', async () => {
    await does(entrySql('a') + entrySql('b', { reverses: "'a'" }));

    await assert.rejects(does(entrySql('c', { reverses: "'a'" })), /entry_reverses/);
    await assert.rejects(does(entrySql('d', { reverses: "'b'" })), /reverses a reversal/);
    await assert.rejects(does(entrySql('e', { reverses: "'z'" })), /foreign key/);
  });

  it('keep one entry of a kind for a provider’s reference', async () => {
    const proof = { provider: "'alpha'", provider_ref: "'pi'" };
    await does(entrySql('a', proof));

    await assert.rejects(does(entrySql('b', proof)), /entry_proof/);
    await does(entrySql('c', { ...proof, provider: "'beta'" }));
  });

  it('resolve a hold once, and change nothing else of it', async () => {
    await does(`INSERT INTO hold (key, debit_account, credit_account, amount, currency, opened_at, expires_at)
      VALUES ('h', 'a', 'b', 5, 'RUB', now(), now() + interval '1 day')`);
    const captured = (amount: number) =>
      `UPDATE hold SET state = 'captured', captured = ${amount}, resolved_at = now()`;

    await assert.rejects(does('UPDATE hold SET amount = 6'), /resolved once and never changed/);
    await assert.rejects(does(captured(6)), /check/);
    await assert.rejects(does('DELETE FROM hold'), /resolved once and never changed/);
    await assert.rejects(does('TRUNCATE hold'), /append-only/);
    await does(captured(5));
    await assert.rejects(
      does("UPDATE hold SET state = 'voided', captured = NULL"),
      /resolved once/,
    );
  });

  it('keep seals and bills as they were', async () => {
    await does("INSERT INTO ledger_seal VALUES (1, 1, now(), sha256(''))");
    await assert.rejects(does('UPDATE ledger_seal SET entries = 2'), /append-only/);
    await assert.rejects(does('DELETE FROM bill'), /append-only/);
  });
});

describe('Books that are older than the chart of accounts', function () {
  this.timeout(60_000);

  it('get debt and prepayment on accounts of their own, and lose nothing', async () => {
    const database = await testDatabase('oldbooks');
    const client = new pg.Client({ connectionString: database.url });
    try {
      await migrateDatabase(database.url, [books]);
      await client.connect();
      for (const [n, [side, amount]] of (
        [
          ['debit', 30],
          ['credit', 50],
          ['debit', 0],
        ] as const
      ).entries()) {
        const id = randomUUID();
        if (amount === 0) continue;
        await client.query(`INSERT INTO entry VALUES ('${nobody}', '${id}', 'k${n}', 'x', '2026-01-31T22:00:00Z', now(), '');
          INSERT INTO posting VALUES ('${nobody}', '${id}', 1, 'customer:A${n}', '${side}', ${amount}, 'RUB'),
            ('${nobody}', '${id}', 2, 'opening:RUB', '${side === 'debit' ? 'credit' : 'debit'}', ${amount}, 'RUB')`);
      }

      await migrateDatabase(database.url, booksMigrations);

      const { rows } = await client.query<{ text: string }>(`SELECT ledger_account || ' ' ||
          sum(CASE side WHEN 'debit' THEN amount ELSE -amount END) AS text
        FROM posting GROUP BY ledger_account ORDER BY ledger_account`);
      assert.deepEqual(
        rows.map(({ text }) => text),
        [
          'customer:A0 0',
          'customer:A1 0',
          'opening:RUB 20',
          'prepayment:A1 -50',
          'receivable:A0 30',
        ],
      );
      const days = await client.query<{ day: string; seq: string }>(
        "SELECT booked_on::text AS day, seq::text FROM entry WHERE key LIKE 'k%' ORDER BY seq",
      );
      assert.deepEqual(days.rows, [
        { day: '2026-02-01', seq: '1' },
        { day: '2026-02-01', seq: '2' },
      ]);
    } finally {
      await client.end();
      await database.drop();
    }
  });
});

describe('Operations that are imported', function () {
  this.timeout(120_000);

  it('are split between debt and prepayment as the domain would, one after the other', async () => {
    const anyMinor = fc.integer({ min: -300, max: 300 }).filter((minor) => minor !== 0);
    const world = await companyWorld();
    try {
      let loads = 0;
      await world.load(filesOf({ customers: smallCompany.customers }));
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(anyMinor, { minLength: 1, maxLength: 12 }), {
            minLength: 1,
            maxLength: 3,
          }),
          async (batches) => {
            loads += 1;
            const number = `P${loads}`;
            let standing = standingOf(number, money(0n, 'RUB'));
            const expected: string[] = [];
            const accounts = [[number, 'C1', 'RUB', '2024-02-29', 'x']];
            for (const [b, batch] of batches.entries()) {
              const operations = batch.map((minor, n) => {
                const at = Date.UTC(2026, 0, 1 + b, 9, n);
                const key = `operation:${number}-${b}-${n}`;
                const amount = money(BigInt(minor), 'RUB');
                const entry = postOperation({
                  key,
                  kind: 'correction',
                  standing,
                  amount,
                  postedAt: instant(at),
                  description: 'x',
                });
                standing = standingAfter(standing, entry.postings);
                for (const { account, side, amount: leg } of entry.postings)
                  expected.push(`${key} ${side} ${account} ${leg.minor}`);
                const text = `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
                return [
                  `${number}-${b}-${n}`,
                  number,
                  new Date(at).toISOString(),
                  'correction',
                  text,
                  'x',
                  '',
                ];
              });
              const report = await world.load(filesOf({ accounts, operations }));
              assert.equal(report.rejected, 0, JSON.stringify(world.rejected));
            }
            const { rows } = await world.pool.query<{ text: string }>(
              `SELECT e.key || ' ' || p.side || ' ' || p.ledger_account || ' ' || p.amount AS text
              FROM entry e JOIN posting p ON p.customer_id = e.customer_id AND p.entry_id = e.id WHERE e.key LIKE $1`,
              [`operation:${number}-%`],
            );
            assert.deepEqual(rows.map(({ text }) => text).toSorted(), expected.toSorted());
            const found = await world.pool.query<{ balance: bigint }>(
              'SELECT balance FROM account WHERE number = $1',
              [number],
            );
            assert.equal(found.rows[0]?.balance, balanceOfStanding(standing).minor);
          },
        ),
        fcFewRuns,
      );
    } finally {
      await world.close();
    }
  });

  it('leave books in which every check holds, counted and sealed', async () => {
    const world = await companyWorld();
    try {
      await world.load(filesOf(smallCompany));
      const sealed = await new PostgresLedgerSeals(world.pool).seal(instant(Date.now()));
      const differences: string[] = [];
      const found = await checkLedger(new PostgresLedgerReports(world.pool))({
        begins: () => undefined,
        differs: (check, { place }) => differences.push(`${check}: ${place}`),
      });

      assert.deepEqual(differences, []);
      assert.deepEqual([found.entries, found.seals, sealed], [4, 1, 4]);
    } finally {
      await world.close();
    }
  });

  it('of a closed month are booked on the first open day, with the time they happened at', async () => {
    const world = await companyWorld();
    try {
      await world.pool.query("INSERT INTO closed_period VALUES ('2026-01-01', now())");
      await world.load(filesOf(smallCompany));

      const { rows } = await world.pool.query<{ key: string; booked_on: string }>(
        'SELECT key, booked_on FROM entry',
      );
      assert.deepEqual(new Set(rows.map((row) => row.booked_on)), new Set(['2026-02-01']));
    } finally {
      await world.close();
    }
  });

  it('are refused, all of the load, for an account that is closed', async () => {
    const world = await companyWorld();
    try {
      await world.load(filesOf({ ...smallCompany, operations: [] }));
      await world.pool.query("INSERT INTO closed_ledger_account VALUES ('receivable:A1', now())");
      await assert.rejects(
        world.load(filesOf({ operations: smallCompany.operations })),
        /closed accounts/,
      );
    } finally {
      await world.close();
    }
  });
});
