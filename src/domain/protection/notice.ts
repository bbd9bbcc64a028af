import type { Locale } from '../locale.ts';
import type { Instant } from '../time.ts';
import type { DetectorCode, Severity } from './detector.ts';
import { type Role, roles, rolesUpTo, type Step } from './escalation.ts';
import type { ChannelKind } from './flood-control.ts';
import type { Incident, IncidentId } from './incident.ts';
import type { IncidentState } from './incident-moves.ts';
import type { Telling, Told } from './notice-plan.ts';
import { originCount } from './origins.ts';
import { type QuietHours, tellableAt } from './quiet-hours.ts';

/** Where one recipient is reached; what an address is depends on the kind. */
export interface ChannelAddress {
  readonly kind: ChannelKind;
  readonly address: string;
}
export interface Person {
  readonly id: string;
  readonly locale: Locale;
  readonly role: Role;
  /** In the order in which they are tried. */
  readonly channels: readonly ChannelAddress[];
  readonly quiet: QuietHours | undefined;
}
/** A program that wants to know of every incident at once. */
export interface Feed {
  readonly id: string;
  readonly channel: ChannelAddress;
}
/** Everybody who is told. */
export interface Roster {
  readonly people: readonly Person[];
  readonly feeds: readonly Feed[];
}

/** What is told of one incident: ids and counts, nothing of anybody’s messages. */
export interface IncidentNews {
  readonly id: IncidentId;
  readonly telling: Telling;
  readonly detector: DetectorCode;
  readonly target: string;
  readonly severity: Severity;
  readonly state: IncidentState;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly sightings: number;
  readonly origins: number;
  /** Which opening of the incident it speaks of; a link to acknowledge is good for that one. */
  readonly openings: number;
}
/** What one message says; `left` more incidents are only counted. */
export interface NoticeContent {
  readonly news: readonly IncidentNews[];
  readonly left: number;
}
/** A message that is to be sent. */
export interface NoticeDraft {
  readonly recipient: string;
  readonly locale: Locale;
  readonly severity: Severity;
  readonly content: NoticeContent;
  readonly channels: readonly ChannelAddress[];
  readonly dueAt: Instant;
}
/** One incident that people are told of, as it was told of before. */
export interface ToldIncident {
  readonly incident: Incident;
  readonly telling: Telling;
  readonly before: Told | undefined;
  readonly step: Step;
}

/** More incidents than that are only counted in a message to people. */
const listedLimit = 10;
/** More than that go to programs in another message. */
const feedLimit = 500;

export const newsOf = (incident: Incident, telling: Telling): IncidentNews => {
  const { id, detector, target, severity, state, firstAt, lastAt, sightings, openings } = incident;
  const origins = originCount(incident.origins);
  return {
    id,
    telling,
    detector,
    target,
    severity,
    state,
    firstAt,
    lastAt,
    sightings,
    origins,
    openings,
  };
};

/** Puts several messages into one: the gravest incidents first, each once, as it was told of last. */
export function merged(contents: readonly NoticeContent[]): NoticeContent {
  const byId = new Map(contents.flatMap(({ news }) => news).map((one) => [one.id, one]));
  const sorted = [...byId.values()].toSorted(graverFirst);
  const left = contents.reduce((sum, content) => sum + content.left, 0);
  return {
    news: sorted.slice(0, listedLimit),
    left: left + Math.max(0, sorted.length - listedLimit),
  };
}

/**
 * Writes the messages that tell people of incidents: to each person at most one of the gravest kind, which goes at
 * once, and one of the rest, which waits for the morning.
 */
export const noticesToPeople = (
  told: readonly ToldIncident[],
  people: readonly Person[],
  now: Instant,
): NoticeDraft[] =>
  people.flatMap((person) => {
    const theirs = told
      .filter((one) => rolesOf(one).includes(person.role))
      .map(({ incident, telling }) => newsOf(incident, telling));
    const grave = theirs.filter(({ severity }) => severity === 'S1');
    const rest = theirs.filter(({ severity }) => severity !== 'S1');
    return [grave, rest].flatMap((news) => draft(person, news, now) ?? []);
  });

/** Writes what programs are told: every incident that changed, at once, in messages of bounded length. */
export const noticesToFeeds = (
  incidents: readonly ToldIncident[],
  feeds: readonly Feed[],
  now: Instant,
): NoticeDraft[] => {
  const news = incidents
    .map(({ incident, telling }) => newsOf(incident, telling))
    .toSorted(graverFirst);
  const pages = news.flatMap((gravest, at) =>
    at % feedLimit === 0
      ? [{ gravest, content: { news: news.slice(at, at + feedLimit), left: 0 } }]
      : [],
  );
  return feeds.flatMap(({ id, channel }) =>
    pages.map(({ gravest, content }): NoticeDraft => {
      const { severity } = gravest;
      return { recipient: id, locale: 'en', severity, content, channels: [channel], dueAt: now };
    }),
  );
};

function draft(
  person: Person,
  news: readonly IncidentNews[],
  now: Instant,
): NoticeDraft | undefined {
  const content = merged([{ news, left: 0 }]);
  const [gravest] = content.news;
  if (gravest === undefined) return undefined;
  return {
    recipient: person.id,
    locale: person.locale,
    severity: gravest.severity,
    content,
    channels: person.channels,
    dueAt: tellableAt(gravest.severity, person.quiet, now),
  };
}

/** An escalation is news to those it climbed to; everything else to all who know of the incident. */
function rolesOf({ incident, telling, before, step }: ToldIncident): readonly Role[] {
  if (telling !== 'escalated') return rolesUpTo(step);
  const known = before?.openings === incident.openings ? before.step : 0;
  return roles.slice(known + 1, step + 1);
}

/** What is new goes before what is known, and that before what is over: the first ones are read. */
const urgency: readonly Telling[] = ['new', 'escalated', 'update', 'repeat', 'resolved'];

function graverFirst(a: IncidentNews, b: IncidentNews): number {
  if (a.severity !== b.severity) return a.severity < b.severity ? -1 : 1;
  return urgency.indexOf(a.telling) - urgency.indexOf(b.telling) || a.firstAt - b.firstAt;
}
