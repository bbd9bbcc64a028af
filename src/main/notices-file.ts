import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { AlertmanagerSettings } from '../adapters/notify/alertmanager.ts';
import type { MailSettings } from '../adapters/notify/mail.ts';
import type { SyslogTarget } from '../adapters/notify/syslog.ts';
import type { TelegramSettings } from '../adapters/notify/telegram.ts';
import type { WebhookTarget } from '../adapters/notify/webhook.ts';
import type { SmsLimit } from '../application/gateway/sms-channel.ts';
import { readSettings, textOfSettings, wrongSettings } from '../adapters/settings/settings-file.ts';
import { isPhoneNumber } from '../domain/phone-number.ts';
import { roles } from '../domain/protection/escalation.ts';
import type { Feed, Person, Roster } from '../domain/protection/notice.ts';

const name = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, 'is no name of small letters, digits and hyphens');
const url = z
  .url({ protocol: /^https?$/, error: 'is no http(s) address' })
  .transform((text) => text.replace(/\/$/, ''));
const port = z.int().min(1).max(65_535);
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time like 22:00')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
const zone = z.string().refine(isZone, 'is no time zone');
const channel = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mail'), address: z.email('is no e-mail address') }),
  z.strictObject({
    kind: z.literal('sms'),
    address: z.string().refine(isPhoneNumber, 'is no phone number like +79990000001'),
  }),
  z.strictObject({
    kind: z.literal('telegram'),
    address: z.string().regex(/^-?\d{1,20}$/, 'is no id of a chat'),
  }),
]);
const person = z.strictObject({
  id: name,
  locale: z.enum(['ru', 'en']),
  role: z.enum(roles),
  timeZone: zone.default('Europe/Moscow'),
  quietHours: z.strictObject({ from: timeOfDay, to: timeOfDay }).optional(),
  channels: z.array(channel).min(1),
});
const secret = z.string().min(16, 'is shorter than 16 characters');
const fileShape = z.strictObject({
  /** The page at which an incident is acknowledged: `/acknowledge` of the console; a slash and the token are added. */
  link: url.optional(),
  people: z.array(person).min(1),
  mail: z
    .strictObject({
      host: z.string().min(1),
      port,
      security: z.enum(['tls', 'starttls', 'none']),
      user: z.string().min(1).optional(),
      password: z.string().optional(),
      from: z.string().min(3),
    })
    .optional(),
  telegram: z.strictObject({ url, token: z.string().min(1) }).optional(),
  /** Prices as whole numbers of the smallest unit of the currency; both of the same. */
  sms: z
    .strictObject({
      segmentPrice: z.int().min(1),
      dailyLimit: z.int().min(1),
      latin: z.boolean().default(false),
    })
    .refine(({ segmentPrice, dailyLimit }) => dailyLimit >= segmentPrice, {
      path: ['dailyLimit'],
      error: 'is less than one short message costs',
    })
    .optional(),
  webhooks: z.array(z.strictObject({ name, url, secret })).default([]),
  syslog: z
    .array(
      z.strictObject({
        name,
        host: z.string().min(1),
        port,
        security: z.enum(['tls', 'none']),
        /** A PEM file, beside this one. */
        ca: z.string().min(1).optional(),
      }),
    )
    .default([]),
  alertmanager: z.strictObject({ url, token: z.string().min(1).optional() }).optional(),
});
type FileContent = z.output<typeof fileShape>;

/** Who is told of incidents, and by what. */
export interface NoticeSettings {
  readonly roster: Roster;
  readonly link: string | undefined;
  readonly mail: MailSettings | undefined;
  readonly telegram: TelegramSettings | undefined;
  /** What short messages may cost a day; undefined: as much as there is to say. */
  readonly sms: Omit<SmsLimit, 'timeZone'> | undefined;
  readonly webhooks: ReadonlyMap<string, WebhookTarget>;
  readonly syslog: ReadonlyMap<string, SyslogTarget>;
  readonly alertmanager: AlertmanagerSettings | undefined;
}

/** What holds without a file: incidents are kept, and nobody is told. */
export const noNotices: NoticeSettings = {
  roster: { people: [], feeds: [] },
  link: undefined,
  mail: undefined,
  telegram: undefined,
  sms: undefined,
  webhooks: new Map(),
  syslog: new Map(),
  alertmanager: undefined,
};

/** Reads people and channels of a file (JSON); throws an Error of one sentence that says what is wrong and where. */
export function noticesFromFile(path: string): NoticeSettings {
  const file = readSettings(path, fileShape);
  const wrong = contradiction(file);
  if (wrong !== undefined) throw wrongSettings(path, wrong);
  const { link, mail, telegram, sms, alertmanager, webhooks, syslog } = file;
  return {
    roster: { people: file.people.map(toPerson), feeds: feedsOf(file) },
    link,
    mail: mail && withoutUndefined(mail),
    telegram,
    // From here on counted, not money.
    sms: sms && {
      segmentsPerDay: Math.floor(sms.dailyLimit / sms.segmentPrice),
      isLatin: sms.latin,
    },
    alertmanager: alertmanager && withoutUndefined(alertmanager),
    webhooks: new Map(webhooks.map((target) => [target.name, target])),
    syslog: new Map(
      syslog.map(({ name: of, ca, ...target }) => [
        of,
        { ...target, ...(ca !== undefined && { ca: textOfSettings(resolve(dirname(path), ca)) }) },
      ]),
    ),
  };
}

/** What no part of the file shows by itself. */
function contradiction({
  people,
  mail,
  telegram,
  webhooks,
  syslog,
}: FileContent): string | undefined {
  const names = [...people.map(({ id }) => id), ...[...webhooks, ...syslog].map((one) => one.name)];
  const twice = names.find((one, at) => names.indexOf(one) !== at);
  if (twice !== undefined) return `the name ${twice} is there twice`;
  if (!people.some(({ role }) => role === 'first'))
    return 'nobody of the people has the role first';
  const kinds = new Set(people.flatMap(({ channels }) => channels.map(({ kind }) => kind)));
  if (kinds.has('mail') && mail === undefined)
    return 'somebody is reached by mail, which is not set';
  if (kinds.has('telegram') && telegram === undefined) {
    return 'somebody is reached by telegram, which is not set';
  }
  return undefined;
}

const toPerson = ({ quietHours, timeZone, ...facts }: FileContent['people'][number]): Person => ({
  ...facts,
  quiet: quietHours && { ...quietHours, zone: timeZone },
});

const feedsOf = ({ webhooks, syslog }: FileContent): Feed[] => [
  ...webhooks.map(({ name: id }) => ({ id, channel: { kind: 'webhook', address: id } as const })),
  ...syslog.map(({ name: id }) => ({ id, channel: { kind: 'syslog', address: id } as const })),
];

type Given<Thing> = { [Key in keyof Thing]: Exclude<Thing[Key], undefined> };
const withoutUndefined = <Thing extends object>(thing: Thing): Given<Thing> =>
  Object.fromEntries(
    Object.entries(thing).filter(([, value]) => value !== undefined),
  ) as Given<Thing>;

function isZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
