import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MemoryLedgerReports } from '../../src/adapters/memory/memory-ledger-reports.ts';
import { PostgresLedgerReports } from '../../src/adapters/postgres/books/postgres-ledger-reports.ts';
import { PostgresLedgerSeals } from '../../src/adapters/postgres/books/postgres-ledger-seals.ts';
import {
  ledgerChecks,
  type DayRange,
  type LedgerReports,
} from '../../src/application/ports/ledger-reports.ts';
import { parseMonth } from '../../src/domain/ledger/period.ts';
import type { CalendarDay } from '../../src/domain/time.ts';
import { ledgerAccounts, anyLedgerEvent } from '../support/any-ledger-event.ts';
import { fcFewRuns } from '../support/fc-runs.ts';
import {
  ledgerNow as now,
  memoryLedgerStage,
  postgresLedgerStage,
  type LedgerStage,
  type PostgresLedgerStage,
} from '../support/ledger-stage.ts';

const day = (text: string) => text as CalendarDay;
const all: DayRange = { from: undefined, to: undefined };

const gathered = async <Row>(batches: AsyncIterable<readonly Row[]>): Promise<Row[]> => {
  const rows: Row[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
};

/** Everything the reports tell, but for what only one of them has. */
const toldBy = (
  reports: LedgerReports,
  ranges: readonly DayRange[],
  days: readonly CalendarDay[],
) =>
  reports.read(async (books) => ({
    size: await books.size(),
    totals: await gathered(books.totals(undefined)),
    through: await inTurn(days, (through) => gathered(books.totals(through))),
    entries: await inTurn(ranges, async (range) =>
      (await gathered(books.entries(range))).map(({ entry: { bookOn, ...entry }, bookedOn }) => {
        void bookOn;
        return { ...entry, bookedOn };
      }),
    ),
    accounts: await inTurn(ranges, (range) => gathered(books.accounts(range))),
    ofOne: await inTurn(ranges, async (range) => {
      const [last] = (await gathered(books.accounts(range))).slice(-1);
      if (last === undefined) return [];
      const keys = (await gathered(books.entries(range, last))).map(({ entry }) => entry.key);
      return [keys, await gathered(books.totals(range.to, last))];
    }),
  }));

async function inTurn<In, Out>(of: readonly In[], work: (one: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = [];
  for (const one of of) done.push(await work(one));
  return done;
}

const peopled = async <Stage extends LedgerStage>(stage: Stage): Promise<Stage> => {
  for (const [number, currency] of Object.entries(ledgerAccounts)) {
    await stage.addAccount(currency, number);
  }
  return stage;
};

describe('The reports of the ledger on PostgreSQL', function () {
  this.timeout(120_000);
  let stage: PostgresLedgerStage;
  let reports: PostgresLedgerReports;
  let seals: PostgresLedgerSeals;
  beforeEach(async () => {
    stage = await peopled(await postgresLedgerStage());
    reports = new PostgresLedgerReports(stage.pool);
    seals = new PostgresLedgerSeals(stage.pool);
  });
  afterEach(() => stage.close());

  const events = (seed: number, numRuns = 150) => fc.sample(anyLedgerEvent, { numRuns, seed });
  const broken = () =>
    reports.read(async (books) => {
      const found: string[] = [];
      for (const check of ledgerChecks) {
        for (const { place } of await gathered(books.differences(check)))
          found.push(`${check}: ${place}`);
      }
      for (const { seqTo, isSame } of await gathered(books.seals())) {
        if (!isSame) found.push(`seal ${seqTo}`);
      }
      return found;
    });
  /** As whoever owns the database may, past every trigger. */
  const tamper = async (...statements: readonly string[]): Promise<void> => {
    const client = await stage.pool.connect();
    await client.query('SET session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
    client.release(true);
  };

  it('tell the same as those of the model after the same events, whenever it was sealed or closed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyLedgerEvent, { minLength: 30, maxLength: 60, size: 'max' }),
        fc.nat(60),
        async (told, cut) => {
          const [model, real] = [
            await peopled(await memoryLedgerStage()),
            await peopled(await postgresLedgerStage()),
          ];
          try {
            const ours = new PostgresLedgerSeals(real.pool);
            for (const [n, event] of told.entries()) {
              if (n === cut) {
                for (const { ledger } of [model, real]) {
                  await ledger.closeMonth(parseMonth('2026-09')!, day('2026-11-22'), now);
                }
                await ours.seal(now);
              }
              assert.deepEqual(await real.post(event), await model.post(event), event.type);
            }
            const ranges = [all, { from: day('2026-10-01'), to: day('2026-10-20') }];
            const days = [day('2026-09-10'), day('2026-09-30'), day('2026-10-31')];
            assert.deepEqual(
              await toldBy(new PostgresLedgerReports(real.pool), ranges, days),
              await toldBy(new MemoryLedgerReports(model.ledger), ranges, days),
            );
          } finally {
            await real.close();
          }
        },
      ),
      { ...fcFewRuns, numRuns: Math.min(fcFewRuns.numRuns, 8) },
    );
  });

  it('find nothing wrong in sound books, sealed or not, and seal every entry once', async () => {
    for (const event of events(1)) await stage.post(event);
    assert.deepEqual(await broken(), []);
    const size = await reports.read((books) => books.size());

    const sealed = await Promise.all([seals.seal(now), seals.seal(now)]);
    await stage.ledger.closeMonth(parseMonth('2026-10')!, day('2026-11-22'), now);
    for (const event of events(2)) await stage.post(event);
    const more = await seals.seal(now);

    assert.equal(sealed[0] + sealed[1], size);
    assert.equal(await seals.seal(now), 0);
    assert.deepEqual(await broken(), []);
    const found = await reports.read((books) => gathered(books.seals()));
    assert.deepEqual(
      found.map(({ entries }) => entries),
      [size, more],
    );
  });

  it('seal nothing while somebody is writing, and miss nothing of it afterwards', async () => {
    const writer = await stage.pool.connect();
    await writer.query('BEGIN');
    const id = 'a0000000-0000-4000-8000-000000000000';
    await writer.query(`INSERT INTO entry (customer_id, id, key, kind, effective_at, recorded_at, memo)
      VALUES ('${id}', '${id}', 'slow', 'x', now(), now(), '')`);
    await writer.query(`INSERT INTO posting VALUES ('${id}', '${id}', 1, 'bank:RUB', 'debit', 5, 'RUB'),
      ('${id}', '${id}', 2, 'opening:RUB', 'credit', 5, 'RUB')`);
    const [event] = events(3, 1);
    await stage.post(event!);

    assert.equal(await seals.seal(now), 0);
    await writer.query('COMMIT');
    writer.release();

    assert.equal(await seals.seal(now), await reports.read((books) => books.size()));
    assert.deepEqual(await broken(), []);
  });

  const damages: Readonly<Record<string, readonly [statement: string, finding: RegExp]>> = {
    'a posting changed': [
      "UPDATE posting SET amount = amount + 1 WHERE side = 'debit' AND entry_id = (SELECT id FROM entry ORDER BY seq LIMIT 1)",
      /entries balance: entry .*\n.*currencies come to nothing: all accounts/s,
    ],
    'an entry taken away': [
      'DELETE FROM entry WHERE seq = (SELECT min(seq) FROM entry)',
      /entries balance: posting /,
    ],
    'postings taken away': [
      'DELETE FROM posting WHERE entry_id = (SELECT id FROM entry ORDER BY seq LIMIT 1)',
      /entries balance: entry /,
    ],
    'a text changed': [
      "UPDATE entry SET memo = memo || '!' WHERE seq = (SELECT min(seq) FROM entry)",
      /^seal \d+$/,
    ],
    'a day moved': [
      "UPDATE entry SET booked_on = booked_on - 40 WHERE booked_on >= '2026-11-01'",
      /closed months stay as they were: account /,
    ],
    'a counter changed': [
      "UPDATE ledger_counter SET debits = debits + 1 WHERE ledger_account LIKE 'clearing:%'",
      /^counters are the sums of their postings: counter clearing:/,
    ],
    'a balance changed': [
      'UPDATE account SET balance = balance + 1',
      /customers see debt and prepayment: account A1.*histories add up: history of account A1/s,
    ],
    'a line of a history taken away': [
      'DELETE FROM operation',
      /^histories add up: history of account A/,
    ],
    'a month changed': [
      'UPDATE period_balance SET credits = credits + 1',
      /^closed months stay as they were: account .* at the end of 2026-10/,
    ],
    'a reversal of a reversal': [
      `UPDATE entry SET reverses = (SELECT key FROM entry WHERE reverses IS NOT NULL LIMIT 1)
        WHERE seq = (SELECT min(seq) FROM entry)`,
      /reversals happen once: entry /,
    ],
    'more captured than held': [
      `ALTER TABLE hold DROP CONSTRAINT hold_check2; INSERT INTO hold VALUES
        ('h', 'a', 'b', 5, 'RUB', now(), now() + interval '1 day', 'captured', 6, now())`,
      /^holds give what they held: hold h/,
    ],
    'a floor broken': [
      `INSERT INTO entry (customer_id, id, key, kind, effective_at, recorded_at, memo) VALUES
         ('a0000000-0000-4000-8000-000000000000', 'a0000000-0000-4000-8000-000000000000', 'f', 'x', now(), now(), '');
       INSERT INTO posting VALUES
         ('a0000000-0000-4000-8000-000000000000', 'a0000000-0000-4000-8000-000000000000', 1, 'bank:USD', 'debit', 5, 'USD'),
         ('a0000000-0000-4000-8000-000000000000', 'a0000000-0000-4000-8000-000000000000', 2, 'reserve:gamma:USD', 'credit', 5, 'USD')`,
      /^nothing stands below its floor: account reserve:gamma:USD$/,
    ],
  };
  for (const [title, [statement, finding]] of Object.entries(damages)) {
    it(`name the place of ${title}`, async () => {
      for (const event of events(4, 200)) await stage.post(event);
      await stage.ledger.closeMonth(parseMonth('2026-10')!, day('2026-11-22'), now);
      await seals.seal(now);
      assert.deepEqual(await broken(), []);

      await tamper(statement);

      assert.match((await broken()).join('\n'), finding);
    });
  }
});
