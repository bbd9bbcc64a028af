import { type LoadCurb, loadCurb } from '../application/gateway/curb-load.ts';
import type { AuditRecorder } from '../application/gateway/record-audit.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import type { Curb } from '../domain/protection/curb.ts';
import type { DetectionSettings } from '../domain/protection/detectors/settings.ts';
import { isoText, second } from '../domain/time.ts';
import { loop } from './loop.ts';
import type { Started } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

/** What the gateway holds back by itself while too much comes; it is written down, logged and measured. */
export function startCurb(
  around: Surroundings,
  settings: DetectionSettings,
  record: AuditRecorder['record'],
  started: Started,
): LoadCurb {
  around.metrics.curb(undefined);
  const curb = loadCurb(settings, (held) => {
    const what = textOf(held);
    record('curb', 'gateway', what);
    around.log.event('curb', { program: 'gateway', reason: what }, 'warn');
    around.metrics.curb(held);
  });
  const telling = loop(
    () => {
      curb.tell(systemClock.now());
      return Promise.resolve(false);
    },
    second,
    reporter(around, 'gateway'),
  );
  started.add(() => telling.stop());
  return curb;
}

const textOf = (curb: Curb | undefined): string => {
  if (curb === undefined) return 'over: all that is granted passes';
  const { because, share, since, until, evidence } = curb;
  const kept = share < 1 ? `lane hi keeps ${String(share)} of the grant, lo is shed` : 'lo is shed';
  return `${kept} since ${isoText(since)}, until ${isoText(until)} at most: ${because}, ${evidence}`;
};
