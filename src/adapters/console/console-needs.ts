import type { AcknowledgeIncident } from '../../application/gateway/acknowledge-incident.ts';
import type { ActOnIncident } from '../../application/gateway/act-on-incident.ts';
import type { LiftMeasure } from '../../application/gateway/lift-measure.ts';
import type { LookAtLink } from '../../application/gateway/look-at-link.ts';
import type { RecognisePerson } from '../../application/recognise-person.ts';
import type { Watcher } from '../../domain/protection/watcher.ts';
import type { SignInWatcher } from '../../application/gateway/sign-in-watcher.ts';
import type { LoadWatch } from '../../application/gateway/watch-load.ts';
import type { Clock } from '../../application/ports/clock.ts';
import type { IncidentStore } from '../../application/ports/incident-store.ts';
import type { Randomness } from '../../application/ports/randomness.ts';
import type { RefusedBodyStore } from '../../application/ports/refused-body-store.ts';
import type { Secrets } from '../../application/ports/secrets.ts';
import type { WatcherStore } from '../../application/ports/watcher-store.ts';
import type { MeasuresInForce } from '../../application/gateway/measures-in-force.ts';

/** All the console is given. */
export interface ConsoleNeeds {
  readonly incidents: Pick<IncidentStore, 'find' | 'moves' | 'list' | 'live'>;
  readonly bodies: Pick<RefusedBodyStore, 'list'>;
  readonly act: ActOnIncident;
  readonly acknowledge: AcknowledgeIncident;
  readonly lookAtLink: LookAtLink;
  readonly signIn: SignInWatcher;
  readonly recognise: RecognisePerson<Watcher>;
  readonly watchers: Pick<WatcherStore, 'endSession'>;
  readonly secrets: Pick<Secrets, 'hashToken'>;
  readonly randomness: Pick<Randomness, 'id' | 'token'>;
  readonly load: Pick<LoadWatch, 'look'>;
  readonly measures: Pick<MeasuresInForce, 'list' | 'of'>;
  readonly lift: LiftMeasure;
  readonly clock: Clock;
  /** In which moments are shown (IANA). */
  readonly timeZone: string;
  readonly report: (error: unknown, errorId: string) => void;
  /** Hears of every sign-in, also of those refused. */
  readonly note: (outcome: 'signed-in' | 'refused' | 'too-many-tries' | 'signed-out') => void;
}
