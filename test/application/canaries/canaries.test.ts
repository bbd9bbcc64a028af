import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { MemoryCanarySettings } from '../../../src/adapters/memory/memory-canary-settings.ts';
import { MemoryRealIds } from '../../../src/adapters/memory/memory-real-ids.ts';
import {
  addCanary,
  canaryId,
  mostCanaries,
  removeCanary,
} from '../../../src/application/canaries/change-canaries.ts';
import { listCanaries } from '../../../src/application/canaries/list-canaries.ts';
import { canaryList } from '../../../src/application/gateway/canary-list.ts';
import { isId } from '../../../src/domain/ids.ts';
import { ok, refused } from '../../../src/domain/result.ts';
import { instant } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const real = randomUUID();
const ids = Array.from({ length: 4 }, () => randomUUID());
const [first, second] = ids as [string, string];
const canary = (id: string) => ({ id, note: '' });

describe('AddCanary and RemoveCanary', () => {
  const given = () => {
    const settings = new MemoryCanarySettings();
    const add = addCanary(settings, new MemoryRealIds([real]));
    return { settings, add, remove: removeCanary(settings) };
  };

  it('add and take off', async () => {
    const { settings, add, remove } = given();
    assert.deepEqual(await add(canary(first)), ok(canary(first)));
    assert.deepEqual(await add({ id: second, note: 'x'.repeat(200) }), {
      ...{ ok: true, value: { id: second, note: 'x'.repeat(200) } },
    });
    assert.deepEqual(await remove(first), ok(canary(first)));

    assert.deepEqual(
      (await settings.read()).map(({ id }) => id),
      [second],
    );
  });

  it('refuse what would tell a real customer that their account does not exist', async () => {
    const { settings, add } = given();

    assert.deepEqual(await add(canary(real)), refused({ reason: 'real' }));
    assert.deepEqual(await settings.read(), []);
  });

  it('refuse what is no id, is there already, is too much, or is not there', async () => {
    const { settings, add, remove } = given();
    await add(canary(first));

    assert.deepEqual(await add(canary('7000001')), refused({ reason: 'no-id' }));
    assert.deepEqual(await add(canary(first)), refused({ reason: 'known' }));
    const wordy = { id: second, note: 'x'.repeat(201) };
    assert.deepEqual(await add(wordy), refused({ reason: 'note-too-long' }));
    assert.deepEqual(await remove(second), refused({ reason: 'unknown' }));
    await settings.keep(Array.from({ length: mostCanaries }, () => canary(randomUUID())));
    assert.deepEqual(await add(canary(first)), refused({ reason: 'too-many' }));
  });

  it('make ids as the books make theirs', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const id = canaryId(bytes);
        assert.ok(isId(id));
        assert.match(id, /^.{14}8.{4}8/);
      }),
      fcRuns,
    );
  });
});

describe('ListCanaries', () => {
  const given = () => {
    const time = { now: instant(1e9) };
    const settings = new MemoryCanarySettings();
    const sent: { instance: string; seq: number; ids: readonly string[] }[] = [];
    const start = () =>
      listCanaries(
        settings,
        new MemoryRealIds([real]),
        (instance, seq, listed) => {
          sent.push({ instance, seq, ids: listed });
          return Promise.resolve();
        },
        { now: () => time.now },
      );
    return {
      ...{ settings, sent, start, listing: start() },
      pass: (ms: number) => void (time.now = instant(time.now + ms)),
      /** What was sent since the last look. */
      news: () => sent.splice(0).map(({ instance, ids: listed }) => [instance, ...listed]),
    };
  };
  const beat = (instance: string, startedAt = 'then') => ({ instance, startedAt });

  it('tells a gateway at its first beat, after its restart, and now and then', async () => {
    const { listing, settings, news, pass } = given();
    await settings.keep([canary(first)]);
    assert.deepEqual(await listing.refresh(), ok(1));
    await listing.heard(beat('gateway-1'));
    assert.deepEqual(news(), [['gateway-1', first]]);

    pass(5_000);
    await listing.heard(beat('gateway-1'));
    assert.deepEqual(news(), [], 'it knows');
    await listing.heard(beat('gateway-1', 'later'));
    assert.deepEqual(news(), [['gateway-1', first]], 'it has forgotten');
    await listing.heard(beat('gateway-2'));
    assert.deepEqual(news(), [['gateway-2', first]]);
    pass(29_999);
    await listing.heard(beat('gateway-1', 'later'));
    assert.deepEqual(news(), []);
    pass(1);
    await listing.heard(beat('gateway-1', 'later'));
    assert.deepEqual(news(), [['gateway-1', first]], 'the message may have been lost');
  });

  it('tells of a change at once whoever is there, and whoever is not at their return', async () => {
    const { listing, settings, news, pass } = given();
    await listing.heard(beat('gateway-1'));
    pass(14_999);
    await listing.heard(beat('gateway-2'));
    pass(1);
    news();
    await settings.keep([canary(first), canary(second)]);
    assert.deepEqual(await listing.refresh(), ok(2));

    assert.deepEqual(news(), [['gateway-2', first, second]]);
    assert.deepEqual(await listing.refresh(), ok(2));
    await settings.keep([canary(second), canary(first)]);
    await listing.refresh();
    assert.deepEqual(news(), [], 'the same list');
    await listing.heard(beat('gateway-1'));
    assert.deepEqual(news(), [['gateway-1', first, second]]);
  });

  it('goes on with the list of before where the settings name somebody', async () => {
    const { listing, settings, news } = given();
    await settings.keep([canary(first)]);
    await listing.refresh();
    await settings.keep([canary(first), canary(real)]);

    assert.deepEqual(await listing.refresh(), refused({ reason: 'real', ids: [real] }));
    await listing.heard(beat('gateway-1'));
    assert.deepEqual(news(), [['gateway-1', first]]);
  });

  it('brings every gateway to the newest list, whatever is lost, restarted or changed before', async () => {
    const anyStep = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), some: fc.subarray(ids) }),
      fc.record({
        kind: fc.constantFrom('beat' as const, 'restart' as const, 'lose' as const),
        gateway: fc.nat(2),
      }),
      fc.record({ kind: fc.constant('inside-restarts' as const) }),
      fc.record({ kind: fc.constant('later' as const), ms: fc.nat(20_000) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
        const { settings, sent, start, pass } = given();
        let listing = start();
        const gateways = [0, 1, 2].map((n) => ({
          ...{ instance: `gateway-${String(n)}`, list: canaryList([]), startedAt: 0 },
        }));
        const deliver = (): void => {
          for (const { instance, seq, ids: listed } of sent.splice(0)) {
            gateways.find((one) => one.instance === instance)?.list.replace(seq, listed);
          }
        };
        const heard = ({ instance, startedAt }: (typeof gateways)[number]) =>
          listing.heard({ instance, startedAt: String(startedAt) });
        for (const step of steps) {
          pass(1);
          if (step.kind === 'set') {
            await settings.keep(step.some.map(canary));
            await listing.refresh();
          } else if (step.kind === 'later') pass(step.ms);
          else if (step.kind === 'inside-restarts') {
            listing = start();
            await listing.refresh();
          } else {
            const gateway = gateways[step.gateway]!;
            if (step.kind === 'lose') sent.length = 0;
            if (step.kind === 'restart') {
              gateway.list = canaryList([]);
              gateway.startedAt += 1;
            }
            await heard(gateway);
          }
          deliver();
        }
        pass(30_000);
        for (const gateway of gateways) await heard(gateway);
        deliver();

        const listed = (await settings.read()).map(({ id }) => id);
        for (const { list } of gateways) {
          assert.deepEqual(
            ids.filter((id) => list.has(id)),
            ids.filter((id) => listed.includes(id)),
          );
        }
      }),
      fcRuns,
    );
  });
});
