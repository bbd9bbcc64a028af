import type pg from 'pg';
import { PostgresMeasureStore } from '../adapters/postgres/gateway/postgres-measure-store.ts';
import { cryptoRandomness } from '../adapters/system/crypto-randomness.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { keepMeasures, type MeasureKeeper } from '../application/gateway/keep-measures.ts';
import { measuresInForce, type MeasuresInForce } from '../application/gateway/measures-in-force.ts';
import type { AuditRecorder } from '../application/gateway/record-audit.ts';
import type { DetectionSettings } from '../domain/protection/detectors/settings.ts';
import { hour, isoText, second } from '../domain/time.ts';
import { loop } from './loop.ts';
import type { Started } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

/** How soon a gateway learns what another one did about somebody; and how often a failed write is tried again. */
const exchangeEveryMs = second;

/** Measures as they were before a restart, shared with the other gateways of the database. */
export async function startMeasures(
  around: Surroundings,
  pool: pg.Pool,
  { suspicion: { levels } }: DetectionSettings,
  record: AuditRecorder['record'],
  started: Started,
): Promise<MeasuresInForce> {
  const report = reporter(around, 'gateway');
  const randomness = cryptoRandomness();
  const keeper = keepMeasures(new PostgresMeasureStore(pool), systemClock);
  let wake: () => void = () => undefined;
  const measures = measuresInForce(
    levels,
    () => (randomness.bytes(1)[0] ?? 0) / 255,
    (change) => {
      keeper.note(change);
      wake();
      const { measure } = change.history;
      // Who lifts one writes it down with the reason.
      if (measure === undefined) return;
      const { who, kind, until } = measure;
      record('measure', `${who.kind} ${who.id}`, `${kind} until ${isoText(until)}`);
    },
  );
  // Nobody passes before it is known who is held back.
  while (await keeper.read(measures));
  wake = startExchange(keeper, measures, report, started);
  return measures;
}

/** Writes what is taken here at once, and reads what others wrote. Answers how to have it written at once. */
function startExchange(
  keeper: MeasureKeeper,
  measures: MeasuresInForce,
  report: (error: unknown) => void,
  started: Started,
): () => void {
  const write = async (): Promise<boolean> => {
    const dropped = keeper.dropped();
    if (dropped > 0) report(new Error(`${String(dropped)} measures were not kept`));
    return keeper.write();
  };
  const writing = loop(write, exchangeEveryMs, report);
  const reading = loop(() => keeper.read(measures), exchangeEveryMs, report);
  const forgetting = loop(() => keeper.forget().then(() => false), hour, report);
  started.add(async () => {
    await Promise.all([writing, reading, forgetting].map((each) => each.stop()));
    while (await keeper.write());
  });
  return () => {
    writing.wake();
  };
}
