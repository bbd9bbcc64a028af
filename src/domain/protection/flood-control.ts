import { admit, type ArrivalMs, type Rate } from './rate.ts';

/** The ways to reach people and programs. */
export const channelKinds = ['mail', 'sms', 'telegram', 'webhook', 'syslog'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** How many messages one recipient gets over one channel. */
export const channelRate: Readonly<Record<ChannelKind, Rate>> = {
  mail: { perSecond: 1 / 60, burst: 10 },
  sms: { perSecond: 1 / 120, burst: 4 },
  telegram: { perSecond: 6 / 60, burst: 20 },
  webhook: { perSecond: 1, burst: 60 },
  syslog: { perSecond: 1, burst: 60 },
};

/** How many messages may go now, and when the next one may. */
export function roomIn(
  kind: ChannelKind,
  before: ArrivalMs | undefined,
  nowMs: number,
): { readonly room: number; readonly nextInMs: number } {
  const rate = channelRate[kind];
  let [room, arrivalMs] = [0, before];
  for (;;) {
    const answer = admit(rate, arrivalMs, 1, nowMs);
    if (!answer.admitted) return { room, nextInMs: room > 0 ? 0 : answer.retryAfterMs };
    room += 1;
    arrivalMs = answer.arrivalMs;
  }
}

/** Takes the room of one message; undefined when there is none. */
export function takeRoom(
  kind: ChannelKind,
  before: ArrivalMs | undefined,
  nowMs: number,
): ArrivalMs | undefined {
  const answer = admit(channelRate[kind], before, 1, nowMs);
  return answer.admitted ? answer.arrivalMs : undefined;
}

/**
 * Packs messages into as many as there is room for, in their order: one each while they fit, and what does not fit
 * together into the last.
 */
export function packed<Message>(
  messages: readonly Message[],
  room: number,
): readonly (readonly [Message, ...Message[]])[] {
  if (room < 1) return [];
  const alone = messages.slice(0, messages.length <= room ? room : room - 1);
  const [next, ...more] = messages.slice(alone.length);
  const packets = alone.map((message): [Message, ...Message[]] => [message]);
  return next === undefined ? packets : [...packets, [next, ...more]];
}
