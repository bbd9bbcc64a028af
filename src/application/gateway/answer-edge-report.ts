import { evenness } from '../../domain/protection/entropy.ts';
import { isoText } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import { type EdgeMeasures, type EdgeReport, edgeReportLimits } from '../ports/edge-watch.ts';
import type { MeasuresInForce } from './measures-in-force.ts';
import type { TrafficWatch } from './watch-traffic.ts';

/** Takes what a portal's edge saw and answers with the measures that the portal must apply. */
export const answerEdgeReport =
  (watch: Pick<TrafficWatch, 'note'>, measures: Pick<MeasuresInForce, 'list'>, clock: Clock) =>
  ({ rows, fingerprints, documents = [] }: EdgeReport): EdgeMeasures => {
    const now = clock.now();
    const fingerprintEvenness = evenness(fingerprints);
    watch.note({ kind: 'edge', at: now, rows, fingerprintEvenness, documents });
    return {
      measures: measures
        .list(now, edgeReportLimits.measures)
        .map(({ who: { kind, id }, kind: measure, until }) => ({
          ...{ on: kind, id, measure },
          until: isoText(until),
        })),
    };
  };
export type AnswerEdgeReport = ReturnType<typeof answerEdgeReport>;
