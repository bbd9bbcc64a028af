import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MemorySmsSpending } from '../../src/adapters/memory/memory-sms-spending.ts';
import { PostgresSmsSpending } from '../../src/adapters/postgres/gateway/postgres-sms-spending.ts';
import type { SmsSpending } from '../../src/application/ports/sms-spending.ts';
import type { CalendarDay } from '../../src/domain/time.ts';
import { fcFewRuns } from '../support/fc-runs.ts';
import { givenGatewayDatabase } from '../support/gateway-database.ts';

const today = '2026-11-28' as CalendarDay;
const tomorrow = '2026-11-29' as CalendarDay;

const contract = (given: () => Promise<SmsSpending>): void => {
  it('takes up to the limit of a day, to the last one', async () => {
    const spending = await given();
    assert.equal(await spending.take(today, 11, 10), false, 'not even the first');
    assert.equal(await spending.take(today, 6, 10), true);
    assert.equal(await spending.take(today, 5, 10), false);
    assert.equal(await spending.take(today, 4, 10), true);
    assert.equal(await spending.take(today, 1, 10), false);
    assert.equal(await spending.take(tomorrow, 10, 10), true);
  });

  it('takes again what was given back, and nothing more', async () => {
    const spending = await given();
    await spending.take(today, 10, 10);
    await spending.giveBack(today, 3);
    await spending.giveBack(tomorrow, 3);

    assert.equal(await spending.take(today, 4, 10), false);
    assert.equal(await spending.take(today, 3, 10), true);
    assert.equal(await spending.take(tomorrow, 11, 10), false);
  });

  it('never exceeds the limit, however many take at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 40 }),
        fc.nat(100),
        async (wishes, limit) => {
          const spending = await given();
          const answers = await Promise.all(
            wishes.map((segments) => spending.take(today, segments, limit)),
          );
          const sum = wishes.reduce((all, one, n) => (answers[n] === true ? all + one : all), 0);
          assert.ok(sum <= limit, `${String(sum)} of ${String(limit)}`);
          const refused = wishes.filter((_, n) => answers[n] === false);
          for (const one of refused)
            assert.equal(await spending.take(today, one, sum + one - 1), false);
        },
      ),
      fcFewRuns,
    );
  });
};

describe('SmsSpending › memory', () => {
  contract(() => Promise.resolve(new MemorySmsSpending()));
});

describe('SmsSpending › PostgreSQL', function () {
  this.timeout(60_000);
  let database: Awaited<ReturnType<typeof givenGatewayDatabase>>;
  before(async () => {
    database = await givenGatewayDatabase();
  });
  after(() => database.close());
  contract(async () => {
    await database.pool.query('DELETE FROM sms_spending');
    return new PostgresSmsSpending(database.pool);
  });
});
