import assert from 'node:assert/strict';
import { MemoryIncidentStore } from '../../src/adapters/memory/memory-incident-store.ts';
import type { Suspicion } from '../../src/application/gateway/raise-incident.ts';
import { Outage } from '../../src/application/ports/outage.ts';
import type { Broker } from '../../src/application/ports/broker.ts';
import { second } from '../../src/domain/time.ts';
import { startDeadLetterWatch } from '../../src/main/gateway-dead-letters.ts';
import { Metrics } from '../../src/main/metrics.ts';
import { Started } from '../../src/main/running.ts';
import type { Surroundings } from '../../src/main/surroundings.ts';
import { waitFor } from '../support/processes.ts';

describe('The gateway’s watch over dead letters', () => {
  let started: Started;
  let ring: () => void;
  const setTimer = globalThis.setTimeout;
  beforeEach(() => {
    started = new Started();
    const pauses: (() => void)[] = [];
    ring = () => {
      for (const end of pauses.splice(0)) end();
    };
    globalThis.setTimeout = ((work: () => void, ms: number, ...args: unknown[]) => {
      const timer = setTimer(work, ms, ...args);
      if (ms === 10 * second) {
        pauses.push(() => {
          clearTimeout(timer);
          work();
        });
      }
      return timer;
    }) as typeof setTimeout;
  });
  afterEach(async () => {
    globalThis.setTimeout = setTimer;
    await started.stop();
  });
  const given = (waiting: Readonly<Record<string, () => Promise<number>>>, isOurs = true) => {
    const raised: Suspicion[] = [];
    const errors: unknown[] = [];
    const asked: string[] = [];
    const log = {
      event: (_: string, { error }: { readonly error: unknown }) => errors.push(error),
    };
    const around = { log, metrics: new Metrics() } as unknown as Surroundings;
    const broker = {
      waiting: (queue: string) => {
        asked.push(queue);
        return waiting[queue]!();
      },
    } as unknown as Broker;
    startDeadLetterWatch(
      around,
      { portal: broker, core: broker },
      { incidents: new MemoryIncidentStore(), isOurs: () => Promise.resolve(isOurs) },
      { raise: (one) => Promise.resolve(raised.push(one)), record: () => undefined },
      started,
    );
    return { raised, errors, asked };
  };

  it('looks at both virtual hosts every ten seconds, and an outage of one hides nothing of the other', async () => {
    const counts = { 'gw.dead': 0 };
    const { raised, errors } = given({
      'gw.dead': () => Promise.resolve(counts['gw.dead']),
      'core.dead': () => Promise.reject(new Outage('the broker is away')),
    });
    await waitFor('the outage', () => errors.length === 1);
    assert.deepEqual(raised, []);

    counts['gw.dead'] = 1;
    ring();
    await waitFor('the incident', () => raised.length === 1);

    const evidence = '1 in gw.dead';
    assert.deepEqual(raised, [{ detector: 'dead-letter', target: 'gw.dead', evidence }]);
    await waitFor('the next outage', () => errors.length === 2);
  });

  it('is kept by the one gateway of several that tells people', async () => {
    const one = () => Promise.resolve(1);
    const { raised, asked } = given({ 'gw.dead': one, 'core.dead': one }, false);
    const ours = given({ 'gw.dead': one, 'core.dead': one });

    await waitFor('the other gateway', () => ours.raised.length === 2);

    assert.deepEqual([raised, asked], [[], []]);
  });
});
