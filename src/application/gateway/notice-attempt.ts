import {
  type ChannelHealth,
  failedAgain,
  isResting,
} from '../../domain/protection/channel-health.ts';
import { type ChannelKind, roomIn, takeRoom } from '../../domain/protection/flood-control.ts';
import type { ChannelAddress } from '../../domain/protection/notice.ts';
import { later, minute, second, type Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { NoticeChannel, NoticeOutcome } from '../ports/notice-channel.ts';
import type { Attempt, Notice, NoticeStore } from '../ports/notice-store.ts';
import type { Randomness } from '../ports/randomness.ts';
import { type LinkOf, noticeMessage } from './notice-text.ts';

export type Channels = Readonly<Partial<Record<ChannelKind, NoticeChannel>>>;

/** What sending needs, and how the channels have done lately. */
export interface Post {
  readonly notices: NoticeStore;
  readonly channels: Channels;
  readonly linkOf: LinkOf;
  readonly randomness: Pick<Randomness, 'id' | 'bytes'>;
  readonly clock: Clock;
  readonly health: Map<string, ChannelHealth>;
}
/** When one recipient's room in each kind of channel is worked off. */
export type RoomOf = Map<ChannelKind, number>;

/** How long a notice that is being sent is nobody else's. */
export const leaseMs = 2 * minute;
/** How long to wait at least for a channel that rests or has no room. */
const leastWaitMs = second;

/** Programs each have a server of their own; the people of one kind of channel share one. */
const healthKey = ({ kind, address }: ChannelAddress): string =>
  kind === 'webhook' ? `${kind} ${address}` : kind;

export const isAtRest = ({ health, clock }: Post, channel: ChannelAddress): boolean =>
  isResting(health.get(healthKey(channel)), clock.now());

/** Sends several notices to one recipient in one message, and keeps how it went. Answers them as they are after it. */
export async function attempt(
  post: Post,
  room: RoomOf,
  packet: readonly [Notice, ...Notice[]],
  channel: ChannelAddress,
): Promise<readonly Notice[]> {
  const { kind, address } = channel;
  const at = post.clock.now();
  const [first, ...more] = packet;
  const id = more.length === 0 ? first.id : post.randomness.id();
  const arrivalMs = takeRoom(kind, room.get(kind), at);
  const outcome: NoticeOutcome = (await post.channels[kind]?.send(
    address,
    noticeMessage(id, packet, post.linkOf, at),
  )) ?? { outcome: 'refused', why: `there is no channel ${kind}` };

  // What may have arrived counts as arrived, for the recipient's peace.
  const isSpent = outcome.outcome === 'accepted' || outcome.outcome === 'unknown';
  const spent = isSpent && arrivalMs !== undefined ? arrivalMs : undefined;
  if (spent !== undefined) room.set(kind, spent);
  noteHealth(post, channel, outcome);
  const after = packet.map((notice) => afterAttempt(notice, channel, outcome, at));
  await post.notices.progress(
    after,
    attemptOf(kind, outcome, at),
    spent === undefined
      ? undefined
      : { recipient: first.recipient, channel: kind, arrivalMs: spent },
  );
  return after;
}

function noteHealth(post: Post, channel: ChannelAddress, { outcome }: NoticeOutcome): void {
  const key = healthKey(channel);
  if (outcome === 'accepted' || outcome === 'refused') {
    post.health.delete(key);
    return;
  }
  const now = post.clock.now();
  post.health.set(key, failedAgain(post.health.get(key), now, chance(post)));
}

const attemptOf = (channel: ChannelKind, outcome: NoticeOutcome, at: Instant): Attempt => ({
  at,
  channel,
  outcome: outcome.outcome,
  note: (outcome.outcome === 'accepted' ? outcome.reference : outcome.why).slice(0, 200),
});

const afterAttempt = (
  notice: Notice,
  channel: ChannelAddress,
  { outcome }: NoticeOutcome,
  at: Instant,
): Notice => ({
  ...(outcome === 'refused' ? without(notice, channel) : notice),
  attempts: notice.attempts + 1,
  state: outcome === 'accepted' ? 'sent' : 'waiting',
  // Until this round has decided how it goes on nobody else may take it.
  dueAt: later(at, leaseMs),
});

/** How long until the first of its channels has room and does not rest. */
export function waitMs(post: Post, room: RoomOf, notice: Notice): number {
  const now = post.clock.now();
  const usable = notice.severity === 'S1' ? notice.channels : notice.channels.slice(0, 1);
  const waits = usable.map((channel) => {
    const { restsUntil } = post.health.get(healthKey(channel)) ?? {};
    const { nextInMs } = roomIn(channel.kind, room.get(channel.kind), now);
    return Math.max(nextInMs, (restsUntil ?? now) - now, leastWaitMs);
  });
  return Math.min(...waits);
}

export const chance = ({ randomness }: Post): number => (randomness.bytes(1)[0] ?? 0) / 256;
export const isSame = (a: ChannelAddress, b: ChannelAddress): boolean =>
  a.kind === b.kind && a.address === b.address;

export const without = (notice: Notice, channel: ChannelAddress): Notice => ({
  ...notice,
  channels: notice.channels.filter((one) => !isSame(one, channel)),
});
