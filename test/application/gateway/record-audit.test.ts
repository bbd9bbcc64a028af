import assert from 'node:assert/strict';
import fc from 'fast-check';
import { auditSeal } from '../../../src/adapters/amqp/audit-seal.ts';
import { MemoryAuditLog } from '../../../src/adapters/memory/memory-audit-log.ts';
import { recordAudit } from '../../../src/application/gateway/record-audit.ts';
import { verifyAudit } from '../../../src/application/gateway/verify-audit.ts';
import { instant } from '../../../src/domain/time.ts';
import { givenKeyRings } from '../../support/gateway-world.ts';
import '../../support/fc-runs.ts';

const rings = givenKeyRings();
after(() => {
  rings.discard();
});
const seal = auditSeal(rings.gateway, rings.directory);
const waitingLimit = 10_000;

/** A recorder over a log that can be away, and slow. */
const given = () => {
  const log = new MemoryAuditLog(seal);
  const state = { isAway: false, whileWriting: (): void => undefined };
  const append = log.append.bind(log);
  log.append = async (entries) => {
    await Promise.resolve();
    state.whileWriting();
    await Promise.resolve();
    if (state.isAway) throw new Error('away');
    return append(entries);
  };
  const time = { now: 1e9 };
  const recorder = recordAudit(log, { now: () => instant(time.now) });
  return { log, state, time, ...recorder, said: () => log.records.map(({ what }) => what) };
};
const many = (count: number, one: (n: number) => void): void => {
  for (let n = 0; n < count; n += 1) one(n);
};

describe('RecordAudit', () => {
  it('writes what was recorded, with its moment, and has nothing to write twice', async () => {
    const { record, flush, log, time } = given();
    assert.equal(await flush(), undefined);
    record('refused', 'anna', 'one');
    time.now += 5;
    record('move', 'igor', 'two');
    time.now += 500;

    const head = await flush();
    assert.equal(await flush(), undefined);

    assert.equal(head?.seq, 2);
    assert.deepEqual(
      log.records.map(({ at, kind, who, what }) => `${String(at - 1e9)} ${kind} ${who} ${what}`),
      ['0 refused anna one', '5 move igor two'],
    );
  });

  it('keeps what could not be written for the next time', async () => {
    const { record, flush, state, said } = given();
    state.isAway = true;
    record('refused', 'anna', 'one');
    await assert.rejects(flush(), /away/);
    record('refused', 'anna', 'two');
    await assert.rejects(flush(), /away/);

    state.isAway = false;
    await flush();

    assert.deepEqual(said(), ['one', 'two']);
  });

  it('counts what is too much, and says so once behind the rest', async () => {
    const { record, flush, log, state } = given();
    state.isAway = true;
    many(waitingLimit + 3, () => {
      record('refused', 'anna', 'x'.repeat(400));
    });
    await assert.rejects(flush(), /away/);
    record('refused', 'anna', 'one more');
    state.isAway = false;
    assert.equal((await flush())?.seq, waitingLimit + 1);
    assert.equal(await flush(), undefined);

    const [first, last] = [log.records[0], log.records.at(-1)];
    assert.equal(first?.what.length, 300);
    assert.deepEqual([last?.kind, last?.what], ['gap', '4 entries were dropped']);
  });

  it('counts what is dropped while it writes for the next gap', async () => {
    const { record, flush, state, said } = given();
    const fill = (count: number) => {
      many(count, (n) => {
        record('refused', 'anna', String(n));
      });
    };
    fill(waitingLimit + 1);
    state.whileWriting = () => {
      fill(2);
      state.whileWriting = () => undefined;
    };
    await flush();
    await flush();

    assert.deepEqual(
      said().filter((what) => what.includes('dropped')),
      ['1 entries were dropped', '2 entries were dropped'],
    );
  });

  it('loses nothing and doubles nothing, whatever comes while it writes and fails', async () => {
    type Act = 'record' | 'flush' | 'together' | 'away' | 'back' | 'meanwhile';
    const acts = fc.array(
      fc.constantFrom<Act>('record', 'record', 'flush', 'together', 'away', 'back', 'meanwhile'),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(acts, async (steps) => {
        const { record, flush, state, said, log } = given();
        let count = 0;
        const recordOne = () => {
          record('refused', 'anna', String(count));
          count += 1;
        };
        const tryFlush = () => flush().catch(() => undefined);
        for (const step of steps) {
          if (step === 'record') recordOne();
          if (step === 'flush') await tryFlush();
          if (step === 'together') await Promise.all([tryFlush(), tryFlush(), tryFlush()]);
          if (step === 'away' || step === 'back') state.isAway = step === 'away';
          if (step === 'meanwhile') state.whileWriting = recordOne;
        }
        state.whileWriting = () => undefined;
        state.isAway = false;
        await flush();

        assert.deepEqual(
          said(),
          Array.from({ length: count }, (_, n) => String(n)),
        );
        if (count > 0) assert.equal((await verifyAudit(log, seal)()).broken, undefined);
      }),
    );
  });
});
