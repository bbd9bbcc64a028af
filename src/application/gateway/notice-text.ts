import type { Locale, Texts } from '../../domain/locale.ts';
import { type IncidentNews, merged } from '../../domain/protection/notice.ts';
import type { Telling } from '../../domain/protection/notice-plan.ts';
import { isoText, type Instant } from '../../domain/time.ts';
import type { NoticeMessage } from '../ports/notice-channel.ts';
import type { Notice } from '../ports/notice-store.ts';
import { detectorWords } from './detector-words.ts';

/** The address at which a person acknowledges an incident; undefined where there is none. */
export type LinkOf = (news: IncidentNews, recipient: string, now: Instant) => string | undefined;

const tellings: Readonly<Record<Telling, Texts>> = {
  new: { ru: 'новый', en: 'new' },
  escalated: { ru: 'никто не откликнулся', en: 'nobody answered' },
  update: { ru: 'продолжается', en: 'goes on' },
  repeat: { ru: 'напоминание', en: 'reminder' },
  resolved: { ru: 'закончился', en: 'is over' },
};
const words = {
  more: { ru: 'и ещё', en: 'and more:' },
  target: { ru: 'Цель', en: 'Target' },
  since: { ru: 'С', en: 'Since' },
  sightings: { ru: 'событий', en: 'sightings' },
  origins: { ru: 'источников', en: 'origins' },
  action: { ru: 'Автоматически', en: 'By itself' },
  acknowledge: { ru: 'Взять в работу', en: 'Acknowledge' },
} as const satisfies Readonly<Record<string, Texts>>;

/** Puts notices to one recipient into one message, in their language. */
export function noticeMessage(
  id: string,
  notices: readonly [Notice, ...Notice[]],
  linkOf: LinkOf,
  now: Instant,
): NoticeMessage {
  const [{ locale, recipient, severity, content }] = notices;
  const { news, left } = notices.length === 1 ? content : merged(notices.map((one) => one.content));
  const [first] = news;
  const more = Math.max(0, news.length - 1) + left;
  const title = first === undefined ? '' : titleOf(first, locale);
  const tail = more > 0 ? ` (${words.more[locale]} ${String(more)})` : '';
  const subject = `Kabinet ${first?.severity ?? severity}: ${title}${tail}`;
  const linked = news.map((one) => [one, linkFor(one, recipient, linkOf, now)] as const);
  const link = linked[0]?.[1];
  const rest = left > 0 ? [`${words.more[locale]} ${String(left)}`] : [];
  const textOf = (paragraphs: readonly string[]): string => [...paragraphs, ...rest].join('\n\n');
  const label = words.acknowledge[locale];
  return {
    id,
    severity: first?.severity ?? severity,
    locale,
    at: now,
    subject,
    text: textOf(linked.map(([one, url]) => paragraph(one, locale, url && `${label}: ${url}`))),
    unlinkedText: textOf(news.map((one) => paragraph(one, locale, undefined))),
    links: linked.flatMap(([one, url]) => {
      const what = news.length > 1 ? `: ${titleOf(one, locale)}` : '';
      return url === undefined ? [] : [{ label: `${label}${what}`, url }];
    }),
    shortText: link === undefined ? subject : `${subject}\n${link}`,
    news,
  };
}

const titleOf = ({ detector, telling }: IncidentNews, locale: Locale): string =>
  `${detectorWords[detector].title[locale]}, ${tellings[telling][locale]}`;

function paragraph(news: IncidentNews, locale: Locale, link: string | undefined): string {
  const { severity, detector, target, firstAt, sightings, origins } = news;
  const from = origins > 0 ? `, ${words.origins[locale]}: ${String(origins)}` : '';
  return [
    `${severity} · ${titleOf(news, locale)}`,
    `${words.target[locale]}: ${printable(target)}`,
    `${words.since[locale]} ${isoText(firstAt).slice(0, 16).replace('T', ' ')} UTC, ` +
      `${words.sightings[locale]}: ${String(sightings)}${from}`,
    `${words.action[locale]}: ${detectorWords[detector].action[locale]}`,
    ...(link === undefined ? [] : [link]),
  ].join('\n');
}

/** What nobody has to take has no link. */
const linkFor = (
  news: IncidentNews,
  recipient: string,
  linkOf: LinkOf,
  now: Instant,
): string | undefined =>
  news.state === 'open' && news.severity <= 'S2' ? linkOf(news, recipient, now) : undefined;

const longestTarget = 80;
/** A target may have been chosen by an attacker: one line, and not a long one. */
const printable = (target: string): string =>
  target.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').slice(0, longestTarget);
