import { type Instant, later } from '../time.ts';
import type { Curb, Surge } from './curb.ts';

/** A crowd or a flood that was seen, for as long as it is seen again and again. */
export interface SeenSurge {
  readonly surge: Surge;
  /** Where it was seen, such as `messages`. */
  readonly place: string;
  readonly since: Instant;
  readonly lastAt: Instant;
  readonly evidence: string;
}
export type Sighting = Pick<SeenSurge, 'surge' | 'place' | 'evidence'>;

export interface SurgeSettings {
  /** Of the grant, the share that the lane `hi` keeps while the gateway is flooded with messages. */
  readonly floodShare: number;
  /** The same while the portal alone is flooded: most of that never comes this far. */
  readonly portalFloodShare: number;
  /** A surge that was not seen again for so long is over. */
  readonly holdMs: number;
  /** No curb lasts longer. One that was ended by this begins again only after the surge has been over. */
  readonly mostMs: number;
}

/** Takes a sighting; what is over is forgotten. */
export function noteSurge(
  seen: readonly SeenSurge[],
  { surge, place, evidence }: Sighting,
  now: Instant,
  { holdMs }: SurgeSettings,
): readonly SeenSurge[] {
  const lasting = seen.filter(({ lastAt }) => isRecent(lastAt, now, holdMs));
  const isSame = (one: SeenSurge): boolean => one.surge === surge && one.place === place;
  const since = lasting.find(isSame)?.since ?? now;
  return [...lasting.filter((one) => !isSame(one)), { surge, place, evidence, since, lastAt: now }];
}

/** What is held back now because of them: the strictest of all. */
export function curbOf(
  seen: readonly SeenSurge[],
  now: Instant,
  settings: SurgeSettings,
): Curb | undefined {
  const { holdMs, mostMs } = settings;
  const inForce = seen
    .filter(({ since, lastAt }) => isRecent(lastAt, now, holdMs) && now < later(since, mostMs))
    .map((one) => ({ ...one, share: shareOf(one, settings) }));
  const [first, ...others] = inForce;
  if (first === undefined) return undefined;

  const { surge, share, since, evidence } = others.reduce(
    (strictest, one) => (isStricter(one, strictest) ? one : strictest),
    first,
  );
  return { because: surge, share, since, until: later(since, mostMs), evidence };
}

/** At the portal one counts requests, at the gateway the messages they became. */
const shareOf = (
  { surge, place }: SeenSurge,
  { floodShare, portalFloodShare }: SurgeSettings,
): number => {
  if (surge === 'flash-crowd') return 1;
  return Math.min(1, place === 'requests' ? portalFloodShare : floodShare);
};

const isRecent = (lastAt: Instant, now: Instant, holdMs: number): boolean => now - lastAt < holdMs;

type Weighed = SeenSurge & { readonly share: number };
const isStricter = (one: Weighed, other: Weighed): boolean =>
  one.share < other.share ||
  (one.share === other.share && one.surge === 'flood' && other.surge !== 'flood');
