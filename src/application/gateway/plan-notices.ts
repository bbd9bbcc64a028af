import { isLive } from '../../domain/protection/incident-moves.ts';
import { incidentKey, type Incident } from '../../domain/protection/incident.ts';
import {
  noticesToFeeds,
  noticesToPeople,
  type Roster,
  type ToldIncident,
} from '../../domain/protection/notice.ts';
import { type Look, lookAt, toldNow } from '../../domain/protection/notice-plan.ts';
import { inhibitors, isInhibited, isStorm, stormWindowMs } from '../../domain/protection/storm.ts';
import { later, minute, second, type Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { DueIncident, NoticeStore, PlannedLook } from '../ports/notice-store.ts';
import type { Randomness } from '../ports/randomness.ts';

/** How many incidents are decided about in one round: what is decided together is told in one message. */
const atOnce = 10_000;
const stormKey = { detector: 'storm', target: 'gateway' } as const;
const stormNotedMs = 10 * second;
/** How soon an incident that a graver one stands for is looked at again. */
const inhibitedLookMs = minute;

/** Decides what people and programs are told of incidents now. Answers whether there is more to decide right away. */
export const planNotices =
  (
    incidents: IncidentStore,
    notices: NoticeStore,
    { people, feeds }: Roster,
    randomness: Pick<Randomness, 'id'>,
    clock: Clock,
  ) =>
  async (): Promise<boolean> => {
    const now = clock.now();
    await watchForStorm(incidents, now);
    const due = await notices.due(now, atOnce);
    if (due.length === 0) return false;

    const standing = await Promise.all(inhibitors.map((code) => incidents.live(1, [code])));
    const decided = due.map((one) => decide(one, standing.flat(), now));
    const drafts = [
      ...noticesToPeople(
        decided.flatMap((one) => one.forPeople ?? []),
        people,
        now,
      ),
      ...noticesToFeeds(
        decided.flatMap((one) => one.forFeeds ?? []),
        feeds,
        now,
      ),
    ];
    await notices.plan(
      decided.map(({ look }) => look),
      drafts.map((draft) => ({ ...draft, id: randomness.id(), createdAt: now })),
    );
    return due.length === atOnce;
  };
export type PlanNotices = ReturnType<typeof planNotices>;

/** Raises the one incident that stands for all of a storm, and keeps it live while the storm goes on. */
async function watchForStorm(incidents: IncidentStore, now: Instant): Promise<void> {
  const [opened, [storm]] = await Promise.all([
    incidents.openedSince(later(now, -stormWindowMs), ['storm', 'drill']),
    incidents.live(1, ['storm']),
  ]);
  if (!isStorm(opened.count, storm !== undefined)) return;
  if (storm !== undefined && now < later(storm.lastAt, stormNotedMs)) return;
  await incidents.note({
    ...stormKey,
    // However small its parts are, so many of them are no small thing.
    severity: opened.gravest === 'S1' ? 'S1' : 'S2',
    evidence: `${incidentKey(stormKey)} ${String(opened.count)} new incidents in 5 min`,
    at: now,
  });
}

interface Decided {
  readonly look: PlannedLook;
  readonly forPeople: ToldIncident | undefined;
  readonly forFeeds: ToldIncident | undefined;
}

function decide(
  { incident, told }: DueIncident,
  standing: readonly Incident[],
  now: Instant,
): Decided {
  const { id, revision, severity, state, openings } = incident;
  const { telling, againAt } = isInhibited(incident, standing)
    ? lookAtInhibited(incident, now)
    : lookAt(incident, told.people, now);
  const before = told.people;
  const people = telling === undefined ? before : toldNow(incident, before, now);
  const { feeds } = told;
  const isNewToFeeds =
    feeds?.severity !== severity || feeds.state !== state || feeds.openings !== openings;
  const feedTelling = feeds === undefined ? 'new' : isLive(state) ? 'update' : 'resolved';
  return {
    look: {
      id,
      revision,
      told: { ...(people !== undefined && { people }), feeds: { severity, state, openings } },
      againAt,
    },
    forPeople: telling && { incident, telling, before, step: people?.step ?? 0 },
    forFeeds: isNewToFeeds ? { incident, telling: feedTelling, before, step: 0 } : undefined,
  };
}

/** What is over by the time the graver one is over is no news any more. */
const lookAtInhibited = ({ state }: Incident, now: Instant): Look => ({
  telling: undefined,
  againAt: isLive(state) ? later(now, inhibitedLookMs) : undefined,
});
