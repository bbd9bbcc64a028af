import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MemoryBudgetSettings } from '../../../src/adapters/memory/memory-budget-settings.ts';
import { goneMs } from '../../../src/application/budgets/gateway-shares.ts';
import { grantBudgets, grantTermMs } from '../../../src/application/budgets/grant-budgets.ts';
import { usualBudgets } from '../../../src/application/budgets/usual-budgets.ts';
import type { BudgetSetting } from '../../../src/application/ports/budget-settings.ts';
import type { Grant } from '../../../src/domain/protection/grant.ts';
import { instant } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const setting: BudgetSetting = {
  operation: 'a',
  rate: { perSecond: 100, burst: 100 },
  concurrency: 11,
  cost: 2,
  mode: 'open',
  customer: { perSecond: 2, burst: 20 },
  safe: { rate: { perSecond: 10, burst: 10 }, concurrency: 2 },
};

const givenInside = () => {
  const time = { now: instant(1e9) };
  const settings = new MemoryBudgetSettings([setting]);
  /** What every gateway holds: the newest it was sent. */
  const held = new Map<string, Grant>();
  const sent: { instance: string; gateways: readonly string[] }[] = [];
  const start = () =>
    grantBudgets(
      settings,
      (instance, [grant], gateways) => {
        sent.push({ instance, gateways });
        if (grant !== undefined) held.set(instance, grant);
        return Promise.resolve();
      },
      { now: () => time.now },
    );
  let granting = start();
  const beat = (instance: string, holding = held.get(instance)) => {
    const share = holding && { seq: holding.seq, limits: holding, expiresAt: holding.expiresAt };
    return granting.heard({ instance, held: new Map(share && [['a', share]]) });
  };
  const places = () =>
    [...held.values()].map((grant) => (time.now < grant.expiresAt ? grant.concurrency : 0));
  return {
    time,
    settings,
    held,
    sent,
    places,
    beat,
    pass: (ms: number) => void (time.now = instant(time.now + ms)),
    announce: () => granting.announce(),
    restart: () => void (granting = start()),
  };
};

describe('GrantBudgets', () => {
  it('grants a lone gateway all of what is set, for half a minute', async () => {
    const { beat, held, time, sent } = givenInside();
    await beat('gateway-1');

    const { seq, expiresAt, ...grant } = held.get('gateway-1')!;
    assert.deepEqual(grant, { ...setting });
    assert.ok(seq >= time.now);
    assert.equal(expiresAt, time.now + grantTermMs);
    assert.deepEqual(sent, [{ instance: 'gateway-1', gateways: ['gateway-1'] }]);
  });

  it('gives a second one its part once the first has let go of it', async () => {
    const { beat, held } = givenInside();
    await beat('gateway-1');
    await beat('gateway-2');
    assert.equal(held.get('gateway-2')?.concurrency, 0);
    assert.equal(held.get('gateway-1')?.concurrency, 6);

    await beat('gateway-1');

    assert.equal(held.get('gateway-2')?.concurrency, 5);
    assert.equal(held.get('gateway-1')?.concurrency, 6);
    assert.equal(held.get('gateway-2')?.rate.perSecond, 50);
  });

  it('gives all of it back to one when the other was silent and its grant has run out', async () => {
    const { beat, held, pass, sent } = givenInside();
    for (const instance of ['gateway-1', 'gateway-2', 'gateway-1', 'gateway-2'])
      await beat(instance);

    pass(goneMs);
    await beat('gateway-1');
    assert.equal(held.get('gateway-1')?.concurrency, 6);
    assert.deepEqual(sent.at(-1)?.gateways, ['gateway-1']);
    pass(grantTermMs - goneMs);
    await beat('gateway-1');

    assert.equal(held.get('gateway-1')?.concurrency, 11);
  });

  it('never has more granted than is set, whoever comes, goes and misses what was said', async () => {
    const anyStep = fc.oneof(
      fc.record({ kind: fc.constant('beat' as const), n: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ kind: fc.constant('deaf' as const), n: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ kind: fc.constant('later' as const), ms: fc.nat(20_000) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
        const { beat, pass, places, held } = givenInside();
        for (const step of steps) {
          if (step.kind === 'later') pass(step.ms);
          else {
            const before = new Map(held);
            const instance = `gateway-${String(step.n)}`;
            await beat(instance);
            // What the deaf one was told did not reach it.
            const was = before.get(instance);
            if (step.kind === 'deaf' && was !== undefined) held.set(instance, was);
            if (step.kind === 'deaf' && was === undefined) held.delete(instance);
          }
          const sum = places().reduce((all, one) => all + one, 0);
          assert.ok(sum <= setting.concurrency, `${String(sum)} places`);
        }
      }),
      fcRuns,
    );
  });

  it('goes on after its own restart with what the gateways hold, and waits until it has heard all', async () => {
    const { beat, held, pass, restart, places } = givenInside();
    for (const instance of ['gateway-1', 'gateway-2', 'gateway-1', 'gateway-2'])
      await beat(instance);
    pass(100);
    restart();

    await beat('gateway-1');
    assert.deepEqual(places(), [6, 5]);
    pass(5_000);
    await beat('gateway-2');
    pass(1_000);
    await beat('gateway-1');
    await beat('gateway-2');

    assert.deepEqual(places(), [6, 5]);
    assert.ok(held.get('gateway-1')!.expiresAt > 1e9 + grantTermMs);
  });

  it('tells everybody at once when a setting was changed', async () => {
    const { beat, settings, announce, held } = givenInside();
    await beat('gateway-1');
    await settings.keep({ ...setting, mode: 'drain' });
    await announce();

    assert.equal(held.get('gateway-1')?.mode, 'drain');
  });

  it('has a usual budget for all that the portal may ask', () => {
    assert.deepEqual(
      usualBudgets.map(({ operation, safe }) => [operation, safe.rate.perSecond, safe.concurrency]),
      [
        ['ledger.read-account', 20, 10],
        ['ledger.record-payment', 50, 20],
        ['ledger.record-refund', 10, 5],
      ],
    );
  });
});
