import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { MemoryMeasureStore } from '../../src/adapters/memory/memory-measure-store.ts';
import { PostgresMeasureStore } from '../../src/adapters/postgres/gateway/postgres-measure-store.ts';
import type { MeasureChange, MeasureStore } from '../../src/application/ports/measure-store.ts';
import type { SuspectKind } from '../../src/domain/protection/detectors/watched.ts';
import { noMeasures } from '../../src/domain/protection/measures.ts';
import { measureKinds, type MeasureKind } from '../../src/domain/protection/suspicion.ts';
import { day, later, minute, type Instant } from '../../src/domain/time.ts';
import { morning } from '../support/any-incident.ts';
import { givenGatewayDatabase } from '../support/gateway-database.ts';

const measureContract = (given: () => MeasureStore): void => {
  const change = (kind: MeasureKind, on: SuspectKind = 'customer', at = morning): MeasureChange => {
    const who = { kind: on, id: randomUUID() };
    const until = later(at, 10 * minute + 7);
    return { who, at, history: { measure: { who, kind, until }, taken: 3, liftedAt: undefined } };
  };
  /** Where everything kept so far ends. */
  const end = async (store: MeasureStore): Promise<number> => {
    let mark = 0;
    for (;;) {
      const next = await store.after(mark, 1_000);
      if (next.changes.length === 0) return next.mark;
      ({ mark } = next);
    }
  };

  it('gives back whole what was kept, in that order, to whoever reads on from a mark', async () => {
    const store = given();
    const before = await end(store);
    const kinds: readonly SuspectKind[] = ['session', 'customer', 'subnet', 'login'];
    const all = measureKinds.map((kind, at) => change(kind, kinds[at]));
    const lifted = {
      ...change('tarpit'),
      history: { ...noMeasures, liftedAt: later(morning, 1) },
    };
    await store.keep(all);
    await store.keep([lifted]);
    await store.keep([]);

    const first = await store.after(before, 3);
    assert.deepEqual(first.changes, all.slice(0, 3));
    const second = await store.after(first.mark, 3);
    assert.deepEqual(second.changes, [all[3], lifted]);
    assert.deepEqual(await store.after(second.mark, 3), { changes: [], mark: second.mark });
  });

  it('shows every change of parallel writers to a reader that goes on meanwhile', async () => {
    const store = given();
    let mark = await end(store);
    const wanted = Array.from({ length: 60 }, () => change('throttle'));
    const seen: string[] = [];
    let isWriting = true;
    const writing = Promise.all(wanted.map((one) => store.keep([one, change('tarpit')]))).finally(
      () => {
        isWriting = false;
      },
    );
    for (let isLast = false; !isLast;) {
      isLast = !isWriting;
      const next = await store.after(mark, 1_000);
      ({ mark } = next);
      seen.push(...next.changes.map(({ who }) => who.id));
    }
    await writing;

    for (const { who } of wanted) assert.equal(seen.filter((id) => id === who.id).length, 1);
    assert.equal(seen.length, 120);
  });

  it('forgets what was known before a moment, and goes on numbering', async () => {
    const store = given();
    const before = await end(store);
    const [old, fresh] = [change('tarpit'), change('tarpit', 'subnet', later(morning, day))];
    await store.keep([old, fresh]);
    await store.forgetBefore(later(morning, day));

    const left = await store.after(before, 10);
    assert.deepEqual(left.changes, [fresh]);
    await store.forgetBefore(later(morning, 2 * day));
    const next = change('quarantine', 'session', later(morning, 3 * day) satisfies Instant);
    await store.keep([next]);
    assert.deepEqual((await store.after(left.mark, 10)).changes, [next]);
  });
};

describe('The measure store in memory', () => {
  measureContract(() => store);
  const store = new MemoryMeasureStore();
});

describe('The measure store on PostgreSQL', function () {
  this.timeout(60_000);
  let database: Awaited<ReturnType<typeof givenGatewayDatabase>>;
  before(async () => {
    database = await givenGatewayDatabase();
  });
  after(() => database.close());
  measureContract(() => new PostgresMeasureStore(database.pool));
});
