import { detectorCodes } from '../../domain/protection/detector.ts';
import { actOn } from '../../domain/protection/incident.ts';
import { newsOf, type Roster } from '../../domain/protection/notice.ts';
import { toldNow } from '../../domain/protection/notice-plan.ts';
import { tellableAt } from '../../domain/protection/quiet-hours.ts';
import { day, later } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { NewNotice, NoticeStore } from '../ports/notice-store.ts';
import type { Randomness } from '../ports/randomness.ts';

const notDrills = detectorCodes.filter((code) => code !== 'drill');

/**
 * Once a day sends everybody a test by each of their channels, not by the first that works: a channel that fails is
 * found before it is needed. Answers whether it did so now.
 */
export const proveChannels =
  (
    incidents: IncidentStore,
    notices: NoticeStore,
    { people, feeds }: Roster,
    randomness: Pick<Randomness, 'id'>,
    clock: Clock,
  ) =>
  async (): Promise<boolean> => {
    const now = clock.now();
    const { count } = await incidents.openedSince(later(now, -day), notDrills);
    if (count > 0) return false;

    const facts = { detector: 'drill', target: 'channels', severity: 'S4' } as const;
    const { id } = await incidents.note({ ...facts, evidence: 'the daily test', at: now });
    const resolved = await incidents.change(id, (held) =>
      actOn(held, { act: 'resolve' }, undefined, now),
    );
    if (!resolved.ok) return false;
    const { value: drill } = resolved;
    const { severity, state, openings, revision } = drill;
    const content = { news: [newsOf(drill, 'new')], left: 0 };
    const test = (
      of: Pick<NewNotice, 'recipient' | 'locale' | 'channels' | 'dueAt'>,
    ): NewNotice => ({
      ...of,
      severity: 'S4',
      content,
      id: randomness.id(),
      createdAt: now,
    });
    const toPeople = people.flatMap(({ id: recipient, locale, channels, quiet }) =>
      channels.map((channel) =>
        test({ recipient, locale, channels: [channel], dueAt: tellableAt('S4', quiet, now) }),
      ),
    );
    const toFeeds = feeds.map(({ id: recipient, channel }) =>
      test({ recipient, locale: 'en', channels: [channel], dueAt: now }),
    );
    const told = { people: toldNow(drill, undefined, now), feeds: { severity, state, openings } };
    await notices.plan([{ id, revision, told, againAt: undefined }], [...toPeople, ...toFeeds]);
    return true;
  };
export type ProveChannels = ReturnType<typeof proveChannels>;
