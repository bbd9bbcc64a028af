import { MemoryIncidentStore } from '../../src/adapters/memory/memory-incident-store.ts';
import { MemoryNoticeStore } from '../../src/adapters/memory/memory-notice-store.ts';
import { keyedSecrets } from '../../src/adapters/system/keyed-secrets.ts';
import { acknowledgementToken } from '../../src/application/gateway/acknowledgement-token.ts';
import { planNotices } from '../../src/application/gateway/plan-notices.ts';
import { proveChannels } from '../../src/application/gateway/prove-channels.ts';
import { raiseIncident } from '../../src/application/gateway/raise-incident.ts';
import { resolveQuietIncidents } from '../../src/application/gateway/resolve-quiet-incidents.ts';
import { sendNotices } from '../../src/application/gateway/send-notices.ts';
import type {
  NoticeChannel,
  NoticeMessage,
  NoticeOutcome,
} from '../../src/application/ports/notice-channel.ts';
import type { Notice } from '../../src/application/ports/notice-store.ts';
import { channelKinds, type ChannelKind } from '../../src/domain/protection/flood-control.ts';
import type { Person, Roster } from '../../src/domain/protection/notice.ts';
import { later, second, type Instant } from '../../src/domain/time.ts';
import { morning } from './any-incident.ts';

export const secrets = keyedSecrets(new Uint8Array(32).fill(7));

/** One message that a channel was given. */
export interface Sending {
  readonly at: Instant;
  readonly kind: ChannelKind;
  readonly address: string;
  readonly message: NoticeMessage;
  readonly outcome: NoticeOutcome['outcome'];
}
type Answer = NoticeOutcome['outcome'];

export const personOf = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  locale: 'en',
  role: 'first',
  channels: [
    { kind: 'telegram', address: `tg-${id}` },
    { kind: 'mail', address: `${id}@example.ru` },
    { kind: 'sms', address: `+${id}` },
  ],
  quiet: undefined,
  ...more,
});

/** The whole of notification in memory, on a clock that stands until it is moved. */
export const givenNotices = (
  roster: Partial<Roster> = {},
  answer: (kind: ChannelKind, address: string) => Answer = () => 'accepted',
  without: readonly ChannelKind[] = [],
  wrapped: (kind: ChannelKind, channel: NoticeChannel) => NoticeChannel = (_, channel) => channel,
) => {
  let now = morning;
  let ids = 0;
  const clock = { now: () => now };
  const people = roster.people ?? [personOf('anna')];
  const everybody: Roster = { people, feeds: roster.feeds ?? [] };
  const randomness = {
    id: () => `notice-${String((ids += 1))}`,
    bytes: (count: number) => new Uint8Array(count),
  };
  const sendings: Sending[] = [];
  const failed: Notice[] = [];
  const channelOf = (kind: ChannelKind): NoticeChannel => ({
    send: async (address, message) => {
      const outcome = answer(kind, address);
      sendings.push({ at: now, kind, address, message, outcome });
      return outcome === 'accepted' ? { outcome, reference: 'r' } : { outcome, why: 'told to' };
    },
  });
  const channels = Object.fromEntries(
    channelKinds
      .filter((kind) => !without.includes(kind))
      .map((kind) => [kind, wrapped(kind, channelOf(kind))]),
  );
  const incidents = new MemoryIncidentStore();
  const notices = new MemoryNoticeStore(incidents);
  const plan = planNotices(incidents, notices, everybody, randomness, clock);
  const send = sendNotices(
    notices,
    channels,
    ({ id, openings }, person, at) =>
      `https://k.example/i?t=${acknowledgementToken(secrets, { incidentId: id, openings, person }, at)}`,
    randomness,
    clock,
  );
  const resolveQuiet = resolveQuietIncidents(incidents, clock);
  /** One round of everything, as the loops of the program do it. */
  const round = async (): Promise<void> => {
    while (await resolveQuiet());
    while (await plan());
    for (;;) {
      const { failed: given, hasMore } = await send();
      failed.push(...given);
      if (!hasMore) break;
    }
  };
  return {
    clock,
    incidents,
    notices,
    sendings,
    failed,
    raise: raiseIncident(incidents, clock),
    prove: proveChannels(incidents, notices, everybody, randomness, clock),
    plan,
    round,
    now: () => now,
    wait: (ms: number): void => void (now = later(now, ms)),
    /** Lets time pass, with a round every so often. */
    pass: async (ms: number, everyMs: number = second): Promise<void> => {
      for (const end = now + ms; now < end;) {
        now = later(now, Math.min(everyMs, end - now));
        await round();
      }
    },
    to: (id: string): Sending[] =>
      sendings.filter(({ address, outcome }) => address.includes(id) && outcome === 'accepted'),
  };
};
