import { deadLetterQueue } from '../adapters/amqp/topology.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import type { ReportSuspicion } from '../application/gateway/raise-incident.ts';
import type { AuditRecorder } from '../application/gateway/record-audit.ts';
import { watchDeadLetters } from '../application/gateway/watch-dead-letters.ts';
import type { Broker } from '../application/ports/broker.ts';
import { second } from '../domain/time.ts';
import type { NoticePlace } from './gateway-notices.ts';
import { loop } from './loop.ts';
import type { Started } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

const lookEveryMs = 10 * second;

/** Watches the dead letters of both virtual hosts: what the broker sets aside itself reaches no program. */
export function startDeadLetterWatch(
  around: Surroundings,
  brokers: Readonly<Record<'portal' | 'core', Broker>>,
  { incidents, isOurs }: Pick<NoticePlace, 'incidents' | 'isOurs'>,
  { raise, record }: { readonly raise: ReportSuspicion } & Pick<AuditRecorder, 'record'>,
  started: Started,
): void {
  const report = reporter(around, 'gateway');
  for (const vhost of ['portal', 'core'] as const) {
    const queue = deadLetterQueue[vhost];
    const waiting = () => brokers[vhost].waiting(queue);
    const watch = watchDeadLetters({ queue, waiting }, incidents, raise, record, systemClock);
    const look = async (): Promise<boolean> => {
      if (await isOurs()) await watch();
      return false;
    };
    const looking = loop(look, lookEveryMs, report);
    started.add(() => looking.stop());
  }
}
