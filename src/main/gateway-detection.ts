import type { Answers, Controls } from '../adapters/amqp/relay-needs.ts';
import { cryptoRandomness } from '../adapters/system/crypto-randomness.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import type { AdmitMessage } from '../application/gateway/admit-message.ts';
import { answerEdgeReport } from '../application/gateway/answer-edge-report.ts';
import { canaryList } from '../application/gateway/canary-list.ts';
import type { LoadCurb } from '../application/gateway/curb-load.ts';
import { guardAdmission } from '../application/gateway/guard-admission.ts';
import type { MeasuresInForce } from '../application/gateway/measures-in-force.ts';
import { type NoteRefusal, noteRefusal } from '../application/gateway/note-refusal.ts';
import type { ReportSuspicion } from '../application/gateway/raise-incident.ts';
import { type IncidentTeller, tellIncidents } from '../application/gateway/tell-incidents.ts';
import type { AuditRecorder } from '../application/gateway/record-audit.ts';
import { type TrafficWatch, watchTraffic } from '../application/gateway/watch-traffic.ts';
import type { EdgeReport } from '../application/ports/edge-watch.ts';
import type { OwnershipStore } from '../application/ports/ownership-store.ts';
import { allDetectors } from '../domain/protection/detectors/all-detectors.ts';
import type { DetectionSettings } from '../domain/protection/detectors/settings.ts';
import { loop } from './loop.ts';
import type { Started } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

/** How soon what passed is looked at. */
const lookEveryMs = 100;

/** What the relay is given of the detection. */
export interface Detection {
  /** Puts the guard before admission. */
  readonly guard: (admit: AdmitMessage) => AdmitMessage;
  /** Raises incidents, but for detectors in shadow. */
  readonly raiseIncident: ReportSuspicion;
  readonly noteRefusal: NoteRefusal;
  readonly watch: TrafficWatch['watch'];
  /** Notes what is no message: conditions that last, and the like. */
  readonly note: TrafficWatch['note'];
  /** Tells of what one sighting is enough for: a dead letter. Never throws, never waits. */
  readonly tell: IncidentTeller['tell'];
  readonly measures: MeasuresInForce;
  readonly controls: Controls;
  readonly answers: Answers;
}

/** What the detection goes by. */
export interface DetectionNeeds {
  /** Of DETECTORS_FILE. */
  readonly settings: DetectionSettings;
  readonly ownership: OwnershipStore;
  readonly curb: LoadCurb;
  readonly measures: MeasuresInForce;
  readonly raiseIncident: ReportSuspicion;
  readonly record: AuditRecorder['record'];
}

/** Starts the gateway's detection. */
export function startDetection(
  around: Surroundings,
  { settings, ownership, curb, measures, raiseIncident, record }: DetectionNeeds,
  started: Started,
): Detection {
  const { weights } = settings.suspicion;
  const randomness = cryptoRandomness();
  const seed = Buffer.from(randomness.bytes(4)).readInt32LE();
  const count = (detector: string, fate: string): void => {
    around.metrics.finding(detector, fate);
  };
  const incidents = tellIncidents(settings.shadow, raiseIncident, count);
  const clock = systemClock;
  const detectors = allDetectors(settings, seed);
  const watch = watchTraffic(detectors, weights, { measures, curb }, incidents, clock);
  const canaries = canaryList(settings.canaries);
  const answerEdge = answerEdgeReport(watch, measures, clock);
  const looking = loop(
    async () => {
      await watch.drain();
      return false;
    },
    lookEveryMs,
    reporter(around, 'gateway'),
  );
  started.add(() => looking.stop());
  return {
    guard: guardAdmission({ watch, incidents, measures, canaries, ownership, settings }, clock),
    raiseIncident: incidents.raise,
    noteRefusal: noteRefusal(watch, canaries, clock),
    watch: watch.watch,
    note: watch.note,
    tell: incidents.tell,
    measures,
    controls: {
      'gateway.canaries-listed': ({ data }) => {
        // The reader has held the data against the schema of the type.
        const { seq, ids } = data as { readonly seq: number; readonly ids: readonly string[] };
        // How many, and never which: the log is for more eyes than the list.
        if (canaries.replace(seq, ids))
          record('canaries', 'inside', `list ${seq} of ${ids.length}`);
      },
    },
    answers: { 'gateway.report-edge': ({ data }) => answerEdge(data as EdgeReport) },
  };
}
