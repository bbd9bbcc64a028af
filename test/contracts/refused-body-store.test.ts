import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MemoryRefusedBodyStore } from '../../src/adapters/memory/memory-refused-body-store.ts';
import { PostgresRefusedBodyStore } from '../../src/adapters/postgres/gateway/postgres-refused-body-store.ts';
import { cryptoRandomness } from '../../src/adapters/system/crypto-randomness.ts';
import type {
  RefusedBody,
  RefusedBodyId,
  RefusedBodyStore,
} from '../../src/application/ports/refused-body-store.ts';
import { hour, instant, minute } from '../../src/domain/time.ts';
import { fcFewRuns } from '../support/fc-runs.ts';
import { givenGatewayDatabase } from '../support/gateway-database.ts';

const { id } = cryptoRandomness();
const begin = 1_764_000_000_000 - (1_764_000_000_000 % hour);
const body = (sinceMs: number, more: Partial<RefusedBody> = {}): RefusedBody => ({
  id: id() as RefusedBodyId,
  at: instant(begin + sinceMs),
  incidentKey: 'bad-signature:portal',
  messageId: 'сообщение',
  digest: 'a'.repeat(64),
  length: 70_000,
  sealed: 'locked',
  ...more,
});

const contract = (given: () => Promise<RefusedBodyStore>): void => {
  it('keeps a body as it was added, once', async () => {
    const store = await given();
    const one = body(5);
    await store.add([one], 10);
    await store.add([one], 10);
    await store.add([], 10);

    assert.deepEqual(await store.find(one.id), one);
    assert.deepEqual(await store.list(5), [one]);
    assert.equal(await store.find(id() as RefusedBodyId), undefined);
  });

  it('lists those of one incident’s key and time, the newest first', async () => {
    const store = await given();
    const [first, second, late] = [body(0), body(minute), body(2 * minute)];
    const other = body(minute, { incidentKey: 'bad-schema:portal' });
    await store.add([first, second, late, other], 10);
    const of = { incidentKey: first.incidentKey, from: first.at, to: second.at };

    assert.deepEqual(await store.list(5, of), [second, first]);
    assert.deepEqual(await store.list(1, of), [second]);
  });

  it('keeps of each hour the newest, however many come', async () => {
    const times = fc.array(fc.array(fc.nat(3 * hour), { maxLength: 6 }), { maxLength: 6 });
    const store = await given();
    await fc.assert(
      fc.asyncProperty(times, async (batches) => {
        await store.forgetBefore(instant(begin + 10 * hour));
        const all: RefusedBody[] = [];
        for (const batch of batches) {
          const bodies = batch.map((ms) => body(ms));
          all.push(...bodies);
          await store.add(bodies, 3);
        }
        const newest = (one: RefusedBody): boolean =>
          all.filter(
            ({ at, id: other }) =>
              Math.floor(at / hour) === Math.floor(one.at / hour) &&
              (at > one.at || (at === one.at && other > one.id)),
          ).length < 3;
        const kept = await store.list(100);
        assert.deepEqual(
          kept.map((one) => one.id).toSorted(),
          all
            .filter(newest)
            .map((one) => one.id)
            .toSorted(),
        );
      }),
      fcFewRuns,
    );
  });

  it('forgets what came before a moment', async () => {
    const store = await given();
    const [old, young] = [body(0), body(hour)];
    await store.add([old, young], 10);

    await store.forgetBefore(young.at);

    assert.deepEqual(await store.list(5), [young]);
  });
};

describe('RefusedBodyStore › memory', () => {
  contract(() => Promise.resolve(new MemoryRefusedBodyStore()));
});

describe('RefusedBodyStore › PostgreSQL', function () {
  this.timeout(60_000);
  let database: Awaited<ReturnType<typeof givenGatewayDatabase>>;
  before(async () => {
    database = await givenGatewayDatabase();
  });
  after(() => database.close());
  contract(async () => {
    await database.pool.query('DELETE FROM refused_body');
    return new PostgresRefusedBodyStore(database.pool);
  });
});
