import { actOn } from '../../domain/protection/incident.ts';
import { ok } from '../../domain/result.ts';
import { later, second } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { AuditRecorder } from './record-audit.ts';
import type { ReportSuspicion } from './raise-incident.ts';

/** Where messages lie that nobody could do anything with. */
export interface DeadLetters {
  readonly queue: string;
  readonly waiting: () => Promise<number>;
}

/** Who sets a message aside says so before it lies there: so long an empty queue proves nothing. */
const settlesMs = 30 * second;
const liveLimit = 100;

/**
 * Looks how many dead letters there are. More than at the last look, or some that no incident tells of, are one; it
 * is over when the queue is empty again. That there are fewer is believed when two looks in a row agree, for whoever
 * goes over the letters has them in hand meanwhile. Throws the outage of broker or store: the next look makes up for it.
 */
export const watchDeadLetters = (
  { queue, waiting }: DeadLetters,
  incidents: Pick<IncidentStore, 'live' | 'change'>,
  raise: ReportSuspicion,
  record: AuditRecorder['record'],
  clock: Clock,
) => {
  let before: number | undefined;
  let sure = 0;
  return async (): Promise<void> => {
    const count = await waiting();
    const held = (await incidents.live(liveLimit, ['dead-letter'])).find(
      ({ target }) => target === queue,
    );
    const isNews = before === undefined ? held === undefined : count > before;
    if (count > 0 && isNews) {
      await raise({ detector: 'dead-letter', target: queue, evidence: `${count} in ${queue}` });
    }
    const isSure = count === before;
    if (isSure && count === 0 && held !== undefined) {
      const now = clock.now();
      await incidents.change(held.id, (newest) =>
        now < later(newest.lastAt, settlesMs)
          ? ok(newest)
          : actOn(newest, { act: 'resolve' }, undefined, now),
      );
    }
    // Somebody took them out, or they lay there for too long: whoever it was, the log has it.
    if (isSure && count < sure)
      record('dead-letters', 'broker', `${queue} from ${sure} to ${count}`);
    sure = isSure || count > sure ? count : sure;
    before = count;
  };
};
export type WatchDeadLetters = ReturnType<typeof watchDeadLetters>;
