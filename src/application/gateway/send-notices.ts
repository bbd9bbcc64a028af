import { backOffMs } from '../../domain/protection/channel-health.ts';
import { packed, roomIn } from '../../domain/protection/flood-control.ts';
import type { ChannelAddress } from '../../domain/protection/notice.ts';
import { day, later } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Bucket, Notice, NoticeStore } from '../ports/notice-store.ts';
import type { Randomness } from '../ports/randomness.ts';
import {
  attempt,
  chance,
  type Channels,
  isAtRest,
  isSame,
  leaseMs,
  type Post,
  type RoomOf,
  waitMs,
} from './notice-attempt.ts';
import type { LinkOf } from './notice-text.ts';

/** What a round did. `failed` have no channel left to try, or were tried for a day. */
export interface SendRound {
  readonly sent: number;
  readonly failed: readonly Notice[];
  readonly hasMore: boolean;
}

const atOnce = 200;
/** After this a notice is given up, visibly. */
const usefulMs = day;

/**
 * Sends the notices that are due: the gravest over the first channel of theirs that works, the rest over their first.
 * What there is no room for goes together in one message. Every attempt is kept.
 */
export const sendNotices = (
  notices: NoticeStore,
  channels: Channels,
  linkOf: LinkOf,
  randomness: Pick<Randomness, 'id' | 'bytes'>,
  clock: Clock,
): (() => Promise<SendRound>) => {
  const post: Post = { notices, channels, linkOf, randomness, clock, health: new Map() };
  return async () => {
    const taken = await notices.take(atOnce, leaseMs, clock.now());
    const byRecipient = new Map<string, Notice[]>();
    for (const notice of taken) {
      byRecipient.set(notice.recipient, [...(byRecipient.get(notice.recipient) ?? []), notice]);
    }
    const buckets = await notices.buckets([...byRecipient.keys()]);
    const ended = await Promise.all(
      [...byRecipient].map(([recipient, theirs]) => sendTo(post, recipient, theirs, buckets)),
    );
    return {
      sent: ended.reduce((sum, { sent }) => sum + sent, 0),
      failed: ended.flatMap(({ failed }) => failed),
      hasMore: taken.length === atOnce,
    };
  };
};
export type SendNotices = ReturnType<typeof sendNotices>;

type Ended = Omit<SendRound, 'hasMore'>;

async function sendTo(
  post: Post,
  recipient: string,
  theirs: readonly Notice[],
  buckets: readonly Bucket[],
): Promise<Ended> {
  const room: RoomOf = new Map(
    buckets
      .filter((bucket) => bucket.recipient === recipient)
      .map(({ channel, arrivalMs }) => [channel, arrivalMs]),
  );
  const grave = theirs.filter(({ severity }) => severity === 'S1');
  const rest = theirs.filter(({ severity }) => severity !== 'S1');
  const first = await sendAll(post, room, grave);
  const second = await sendAll(post, room, rest);
  return { sent: first.sent + second.sent, failed: [...first.failed, ...second.failed] };
}

/** Tries the channels one after another until everything is sent or no channel is left for it. */
async function sendAll(post: Post, room: RoomOf, notices: readonly Notice[]): Promise<Ended> {
  const after = new Map(notices.map((notice) => [notice.id, notice]));
  for (const channel of channelsOf(notices)) {
    if (isAtRest(post, channel)) continue;
    const here = [...after.values()].filter((notice) => goesBy(notice, channel));
    const { room: places } = roomIn(channel.kind, room.get(channel.kind), post.clock.now());
    // What waited can wait: all of it is one message. The gravest go one by one while there is room.
    const isGrave = here.some(({ severity }) => severity === 'S1');
    for (const packet of packed(here, isGrave ? places : Math.min(places, 1))) {
      const tried = await attempt(post, room, packet, channel);
      for (const notice of tried) after.set(notice.id, notice);
      // What failed once in this round would fail again; the rest goes by the next channel.
      if (tried.some((notice) => goesBy(notice, channel))) break;
    }
  }
  const left = [...after.values()].filter(({ state }) => state === 'waiting');
  const before = new Map(notices.map(({ id, attempts }) => [id, attempts]));
  const wasTried = ({ id, attempts }: Notice): boolean => attempts !== before.get(id);
  const failed = await putOff(post, room, left, wasTried);
  return { sent: notices.length - left.length, failed };
}

/** The gravest kind takes any channel it has, everything else waits for its first. */
const goesBy = ({ state, severity, channels }: Notice, channel: ChannelAddress): boolean =>
  state === 'waiting' &&
  (severity === 'S1' ? channels : channels.slice(0, 1)).some((one) => isSame(one, channel));

const channelsOf = (notices: readonly Notice[]): ChannelAddress[] => [
  ...new Map(
    notices.flatMap(({ channels }) => channels).map((one) => [`${one.kind} ${one.address}`, one]),
  ).values(),
];

/** Says when what was not sent is tried again, or gives it up; answers what was given up. */
async function putOff(
  post: Post,
  room: RoomOf,
  left: readonly Notice[],
  wasTried: (notice: Notice) => boolean,
): Promise<readonly Notice[]> {
  if (left.length === 0) return [];
  const now = post.clock.now();
  const next = left.map((notice): Notice => {
    if (notice.channels.length === 0 || now >= later(notice.createdAt, usefulMs)) {
      return { ...notice, state: 'failed' };
    }
    if (!wasTried(notice)) return { ...notice, dueAt: later(now, waitMs(post, room, notice)) };
    const pauseMs = backOffMs(notice.rounds, chance(post));
    return { ...notice, rounds: notice.rounds + 1, dueAt: later(now, pauseMs) };
  });
  await post.notices.progress(next);
  return next.filter(({ state }) => state === 'failed');
}
