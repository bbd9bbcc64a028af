import type { Curb } from '../../domain/protection/curb.ts';
import type { DetectionSettings } from '../../domain/protection/detectors/settings.ts';
import {
  curbOf,
  noteSurge,
  type SeenSurge,
  type Sighting,
  type SurgeSettings,
} from '../../domain/protection/surges.ts';
import type { Instant } from '../../domain/time.ts';

/** What the gateway holds back of all grants by itself while too much comes; in memory. */
export interface LoadCurb {
  /** Takes what the volume alarm saw; it says so again as long as it lasts. */
  note(sighting: Sighting, now: Instant): void;
  at(now: Instant): Curb | undefined;
  /** Tells of a curb that began, became another or ended since the last call. */
  tell(now: Instant): void;
}

/** `told` hears of every curb when it begins or becomes another, and when none is left. */
export function loadCurb(
  { curb, volume }: Pick<DetectionSettings, 'curb' | 'volume'>,
  told: (curb: Curb | undefined) => void = () => undefined,
): LoadCurb {
  const { floodShare, portalFloodShare, holdBuckets, mostMs } = curb;
  const holdMs = holdBuckets * volume.bucketMs;
  const settings: SurgeSettings = { floodShare, portalFloodShare, holdMs, mostMs };
  let seen: readonly SeenSurge[] = [];
  let toldOf: Curb | undefined;
  const at = (now: Instant): Curb | undefined => curbOf(seen, now, settings);
  return {
    note: (sighting, now) => {
      seen = noteSurge(seen, sighting, now, settings);
    },
    at,
    tell: (now) => {
      const held = at(now);
      if (!isOther(toldOf, held)) return;
      toldOf = held;
      told(held);
    },
  };
}

/** What was seen last changes all the time. */
const isOther = (before: Curb | undefined, after: Curb | undefined): boolean =>
  before?.because !== after?.because ||
  before?.share !== after?.share ||
  before?.since !== after?.since;
