import { MemoryIncidentStore } from '../adapters/memory/memory-incident-store.ts';
import { MemoryNoticeStore } from '../adapters/memory/memory-notice-store.ts';
import { MemorySmsSpending } from '../adapters/memory/memory-sms-spending.ts';
import { watchGateways } from '../application/budgets/watch-gateways.ts';
import type { Clock } from '../application/ports/clock.ts';
import { second } from '../domain/time.ts';
import { startNotices } from './gateway-notices.ts';
import { loop } from './loop.ts';
import type { Running } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

/** The inside's watch over the gateways, with its own people and channels (INSIDE_NOTICES_FILE). */
export interface InsideWatch extends Running {
  heard(instance: string): void;
}

/**
 * Raises the alarm when a gateway falls silent. Incidents are kept in memory: after a restart of the inside a gateway
 * that is still silent is noticed again half a minute later.
 */
export function startInsideWatch(around: Surroundings, clock: Clock): InsideWatch {
  const incidents = new MemoryIncidentStore();
  const notices = startNotices(
    around,
    {
      incidents,
      notices: new MemoryNoticeStore(incidents),
      spending: new MemorySmsSpending(),
      file: around.config.insideNoticesFile,
      program: 'accounting',
      isOurs: () => Promise.resolve(true),
    },
    clock,
  );
  const watch = watchGateways(clock.now());
  const looking = loop(
    async () => {
      for (const instance of watch.silent(clock.now())) {
        const target = instance === 'any' ? 'gateway' : instance;
        const evidence = 'no beat for 30 s';
        await notices.raiseIncident({ detector: 'gateway-silent', target, evidence });
        around.log.event('gateway-silent', { program: 'accounting', reason: target }, 'warn');
      }
      return false;
    },
    second,
    reporter(around, 'accounting'),
  );
  return {
    heard: (instance) => {
      watch.heard(instance, clock.now());
    },
    stop: async () => {
      await looking.stop();
      await notices.stop();
    },
  };
}
