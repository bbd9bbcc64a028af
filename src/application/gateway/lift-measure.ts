import type { Suspect } from '../../domain/protection/detectors/watched.ts';
import type { Measure } from '../../domain/protection/measures.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { MeasuresInForce } from './measures-in-force.ts';
import type { AuditRecorder } from './record-audit.ts';

export interface LiftRequest {
  readonly who: Suspect;
  /** Why, in the words of who lifts it. */
  readonly reason: string;
  /** Login of the watcher. */
  readonly by: string;
}
export interface LiftRefusal {
  readonly reason: 'no-reason' | 'reason-too-long' | 'not-in-force';
}

export const longestReason = 200;

/** Ends what is done about somebody before its time, at every gateway, and forgives what led to it. */
export const liftMeasure =
  (measures: Pick<MeasuresInForce, 'of' | 'lift'>, record: AuditRecorder['record'], clock: Clock) =>
  ({ who, reason, by }: LiftRequest): Result<Measure, LiftRefusal> => {
    const said = reason.trim();
    if (said === '') return refused({ reason: 'no-reason' });
    if (said.length > longestReason) return refused({ reason: 'reason-too-long' });
    const now = clock.now();
    const held = measures.of(who, now);
    if (held === undefined) return refused({ reason: 'not-in-force' });

    measures.lift(who, now);
    record('lift', by, `${who.kind} ${who.id}: ${held.kind} lifted: ${said}`);
    return ok(held);
  };
export type LiftMeasure = ReturnType<typeof liftMeasure>;
