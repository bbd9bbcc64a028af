import { hostname } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { alertmanager } from '../adapters/notify/alertmanager.ts';
import { mailChannel } from '../adapters/notify/mail.ts';
import { syslogChannel } from '../adapters/notify/syslog.ts';
import { telegramChannel } from '../adapters/notify/telegram.ts';
import { webhookChannel } from '../adapters/notify/webhook.ts';
import { sessionLock } from '../adapters/postgres/session-lock.ts';
import { PostgresIncidentStore } from '../adapters/postgres/gateway/postgres-incident-store.ts';
import { PostgresNoticeStore } from '../adapters/postgres/gateway/postgres-notice-store.ts';
import { PostgresSmsSpending } from '../adapters/postgres/gateway/postgres-sms-spending.ts';
import { vonageSms } from '../adapters/sms/vonage-sms.ts';
import { cryptoRandomness } from '../adapters/system/crypto-randomness.ts';
import { keyedSecrets } from '../adapters/system/keyed-secrets.ts';
import { loadMasterKey } from '../adapters/system/master-key.ts';
import {
  type AcknowledgeIncident,
  acknowledgeIncident,
} from '../application/gateway/acknowledge-incident.ts';
import { acknowledgementToken } from '../application/gateway/acknowledgement-token.ts';
import { type ActOnIncident, actOnIncident } from '../application/gateway/act-on-incident.ts';
import type { Channels } from '../application/gateway/notice-attempt.ts';
import { lookAtLink, type LookAtLink } from '../application/gateway/look-at-link.ts';
import type { LinkOf } from '../application/gateway/notice-text.ts';
import { planNotices } from '../application/gateway/plan-notices.ts';
import { proveChannels } from '../application/gateway/prove-channels.ts';
import { raiseIncident, type RaiseIncident } from '../application/gateway/raise-incident.ts';
import { resolveQuietIncidents } from '../application/gateway/resolve-quiet-incidents.ts';
import { sendNotices, type SendNotices } from '../application/gateway/send-notices.ts';
import { limitedSmsChannel, smsChannel } from '../application/gateway/sms-channel.ts';
import type { Clock } from '../application/ports/clock.ts';
import type { IncidentStore } from '../application/ports/incident-store.ts';
import type { NoticeChannel } from '../application/ports/notice-channel.ts';
import type { NoticeStore } from '../application/ports/notice-store.ts';
import type { SmsSpending } from '../application/ports/sms-spending.ts';
import { isLive } from '../domain/protection/incident-moves.ts';
import type { Roster } from '../domain/protection/notice.ts';
import { type CalendarDay, day, hour, later, minute, second } from '../domain/time.ts';
import type { GatewayAudit } from './gateway-audit.ts';
import { loop, type Loop } from './loop.ts';
import { noNotices, noticesFromFile, type NoticeSettings } from './notices-file.ts';
import type { Running, Started } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

/** Everything is looked at this often, and at once when an incident is raised. */
const everyMs = second;
/** Alertmanager forgets an alert after five minutes. */
const alertsEveryMs = 30 * second;
/** An alert that ended is sent for so long, lest the last word is lost. */
const endedMs = 10 * minute;
const keptMs = 90 * day;

type Report = (error: unknown) => void;

/** What the rest of the gateway does with incidents. */
export interface GatewayNotices extends Running {
  readonly incidents: IncidentStore;
  /** Notes a sighting and has people told at once. */
  readonly raiseIncident: RaiseIncident;
  readonly acknowledgeIncident: AcknowledgeIncident;
  readonly actOnIncident: ActOnIncident;
  readonly lookAtLink: LookAtLink;
}

/** Where incidents and notices are kept, and by whom. */
export interface NoticePlace {
  readonly program: 'gateway' | 'accounting';
  readonly incidents: IncidentStore;
  readonly notices: NoticeStore;
  /** People and channels; without the file nobody is told. */
  readonly file: string | undefined;
  readonly spending: SmsSpending;
  /** Whether this process is the one of several that tells. */
  isOurs(): Promise<boolean>;
}

/** The gateway's: in its database, told by one of its processes, by NOTICES_FILE. */
export function gatewayNoticePlace(
  { config, databaseUrl }: Surroundings,
  pool: pg.Pool,
  audit: Pick<GatewayAudit, 'keeping'>,
  started: Started,
): NoticePlace {
  const leader = sessionLock(databaseUrl('gateway'), 'telling-people');
  started.add(() => leader.end());
  return {
    program: 'gateway',
    incidents: audit.keeping(new PostgresIncidentStore(pool)),
    notices: new PostgresNoticeStore(pool),
    spending: new PostgresSmsSpending(pool),
    file: config.noticesFile,
    isOurs: leader.isOurs,
  };
}

/** Keeps incidents, and tells the people and programs of the place's file of them; without the file it tells nobody. */
export function startNotices(
  around: Surroundings,
  place: NoticePlace,
  clock: Clock,
): GatewayNotices {
  const { incidents, notices, program, file } = place;
  const settings = file === undefined ? noNotices : noticesFromFile(file);
  if (file === undefined) {
    const reason = 'no file of notices is set: nobody is told of incidents';
    around.log.event('notices-off', { program, reason }, 'warn');
  }
  const report = reporter(around, program);
  const randomness = cryptoRandomness();
  const keyFile = join(around.config.keysDirectory, `${program}-links.key`);
  const secrets = keyedSecrets(loadMasterKey(keyFile, {}));
  const ours = (work: () => Promise<boolean>) => async () => (await place.isOurs()) && work();
  const { roster, link } = settings;
  const linkOf: LinkOf = ({ id: incidentId, openings }, person, now) =>
    link && `${link}/${acknowledgementToken(secrets, { incidentId, openings, person }, now)}`;

  const raise = raiseIncident(incidents, clock);
  const alerts = alertsLoop(settings, ours(alertsOf(settings, incidents, clock)), report);
  const loops = [
    loop(ours(resolveQuietIncidents(incidents, clock)), 5 * everyMs, report),
    ...alerts,
    ...provingLoop(ours(proveDaily(incidents, notices, roster, randomness, clock)), roster, report),
    forgettingLoop(notices, clock, report),
  ];
  const telling = tellingLoops(
    ours(planNotices(incidents, notices, roster, randomness, clock)),
    sendNotices(
      notices,
      channelsOf(settings, smsOf(settings, around, place.spending, raise, clock)),
      linkOf,
      randomness,
      clock,
    ),
    report,
  );
  return {
    incidents,
    raiseIncident: async (suspicion) => {
      const incident = await raise(suspicion);
      telling.wake();
      if (incident.sightings === 1) for (const one of alerts) one.wake();
      return incident;
    },
    acknowledgeIncident: acknowledgeIncident(incidents, secrets, clock),
    actOnIncident: actOnIncident(incidents, clock),
    lookAtLink: lookAtLink(incidents, secrets, clock),
    stop: async () => {
      await Promise.all([telling, ...loops].map((each) => each.stop()));
    },
  };
}

/** Plans and sends in turns of their own: while a channel keeps silent, what is new is planned. */
function tellingLoops(plan: () => Promise<boolean>, send: SendNotices, report: Report): Loop {
  const sending = loop(
    async () => {
      const { failed, hasMore } = await send();
      for (const { id, recipient, severity } of failed) {
        report(new Error(`notice ${id} (${severity}) did not reach ${recipient}`));
      }
      return hasMore;
    },
    everyMs,
    report,
  );
  const planning = loop(
    async () => {
      const hasMore = await plan();
      sending.wake();
      return hasMore;
    },
    everyMs,
    report,
  );
  return {
    wake: () => {
      planning.wake();
    },
    stop: async () => {
      await planning.stop();
      await sending.stop();
    },
  };
}

/** Looks every hour whether the day's test is due. */
const provingLoop = (prove: () => Promise<boolean>, { people }: Roster, report: Report): Loop[] =>
  people.length === 0 ? [] : [loop(prove, hour, report)];

const proveDaily =
  (...needs: Parameters<typeof proveChannels>) =>
  async (): Promise<boolean> => {
    await proveChannels(...needs)();
    return false;
  };

const forgettingLoop = (notices: NoticeStore, clock: Clock, report: Report): Loop =>
  loop(
    async () => {
      await notices.forgetBefore(later(clock.now(), -keptMs));
      return false;
    },
    day,
    report,
  );

/** Short messages, within what they may cost a day. That no more may go is an incident, which other channels tell. */
function smsOf(
  { sms }: NoticeSettings,
  { config }: Surroundings,
  spending: SmsSpending,
  raise: RaiseIncident,
  clock: Clock,
): () => NoticeChannel {
  const { timeZone } = config.company;
  const tellReached = (of: CalendarDay): Promise<unknown> => {
    const evidence = `${String(sms?.segmentsPerDay)} short messages on ${of}`;
    return raise({ detector: 'sms-limit', target: 'sms', evidence });
  };
  return () => {
    const sender = vonageSms(config.vonage, 4 * second);
    if (sms === undefined) return smsChannel(sender);
    return limitedSmsChannel(sender, spending, { ...sms, timeZone }, tellReached, clock);
  };
}

function channelsOf(settings: NoticeSettings, sms: () => NoticeChannel): Channels {
  const { roster, mail, telegram, webhooks, syslog } = settings;
  const isTexted = roster.people.some(({ channels }) =>
    channels.some(({ kind }) => kind === 'sms'),
  );
  return {
    ...(mail && { mail: mailChannel(mail) }),
    ...(telegram && { telegram: telegramChannel(telegram) }),
    ...(isTexted && { sms: sms() }),
    webhook: webhookChannel(webhooks),
    syslog: syslogChannel(syslog, hostname()),
  };
}

const alertsLoop = (
  { alertmanager: isTold }: NoticeSettings,
  tell: () => Promise<boolean>,
  report: Report,
): Loop[] => (isTold === undefined ? [] : [loop(tell, alertsEveryMs, report)]);

const alertsOf =
  (settings: NoticeSettings, incidents: IncidentStore, clock: Clock) =>
  async (): Promise<boolean> => {
    if (settings.alertmanager === undefined) return false;
    const now = clock.now();
    const [live, newest] = await Promise.all([incidents.live(1_000), incidents.list(200)]);
    const ended = newest.filter(
      ({ state, movedAt }) => !isLive(state) && movedAt > later(now, -endedMs),
    );
    await alertmanager(settings.alertmanager)([...live, ...ended], now);
    return false;
  };
