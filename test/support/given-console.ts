import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consoleApp } from '../../src/adapters/console/console-app.ts';
import { gatewayMigrations } from '../../src/adapters/postgres/gateway/gateway-migrations.ts';
import { PostgresIncidentStore } from '../../src/adapters/postgres/gateway/postgres-incident-store.ts';
import { PostgresRefusedBodyStore } from '../../src/adapters/postgres/gateway/postgres-refused-body-store.ts';
import { postgresWatcherStore } from '../../src/adapters/postgres/gateway/postgres-watcher-store.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { totpCode } from '../../src/adapters/simulators/authenticator/authenticator.ts';
import { cryptoRandomness } from '../../src/adapters/system/crypto-randomness.ts';
import { acknowledgeIncident } from '../../src/application/gateway/acknowledge-incident.ts';
import { acknowledgementToken } from '../../src/application/gateway/acknowledgement-token.ts';
import { actOnIncident } from '../../src/application/gateway/act-on-incident.ts';
import { countTraffic } from '../../src/application/gateway/count-traffic.ts';
import { loadCurb } from '../../src/application/gateway/curb-load.ts';
import { liftMeasure } from '../../src/application/gateway/lift-measure.ts';
import { lookAtLink } from '../../src/application/gateway/look-at-link.ts';
import { measuresInForce } from '../../src/application/gateway/measures-in-force.ts';
import { operationBudgets } from '../../src/application/gateway/operation-budgets.ts';
import { recognisePerson } from '../../src/application/recognise-person.ts';
import { signInWatcher } from '../../src/application/gateway/sign-in-watcher.ts';
import { watchLoad } from '../../src/application/gateway/watch-load.ts';
import { usualDetection } from '../../src/domain/protection/detectors/settings.ts';
import type { Incident } from '../../src/domain/protection/incident.ts';
import { keyedRates } from '../../src/domain/protection/keyed-rates.ts';
import { instant, later, second, type Instant } from '../../src/domain/time.ts';
import { addDemoWatchers } from '../../src/main/add-demo-watchers.ts';
import { demoWatchers } from '../../src/main/demo-watchers.ts';
import { watcherTools } from '../../src/main/gateway-console.ts';
import { testDatabase } from './postgres.ts';

const [igor] = demoWatchers;

/** The gateway's console over a real database, with igor; its clock stands until it is moved. */
export async function givenConsole(began: Instant = instant(Date.now())) {
  const database = await testDatabase('gateway', async (url) => {
    await migrateDatabase(url, gatewayMigrations);
  });
  const pool = openPool(database.url, 5, 'test');
  const keys = mkdtempSync(join(tmpdir(), 'kabinet-console-'));
  await addDemoWatchers(pool, keys);
  let now = began;
  const clock = { now: () => now };
  const { secrets, passwords, codes } = watcherTools(keys);
  const incidents = new PostgresIncidentStore(pool);
  const watchers = postgresWatcherStore(pool);
  const curb = loadCurb(usualDetection);
  const budgets = operationBudgets([], (at) => curb.at(at));
  const counts = countTraffic();
  const bodies = new PostgresRefusedBodyStore(pool);
  const load = watchLoad(budgets, { waiting: () => 0 }, counts);
  const levels = { 'step-up': 1, throttle: 2, quarantine: 3 };
  const measures = measuresInForce(levels, () => 0.5);
  const [trouble, notes, audited]: [unknown[], string[], string[]] = [[], [], []];
  // Long before: a gateway that has just begun forgives less.
  const tries = keyedRates(later(began, -600 * second));
  const serve = consoleApp({
    incidents,
    bodies,
    act: actOnIncident(incidents, clock),
    acknowledge: acknowledgeIncident(incidents, secrets, clock),
    lookAtLink: lookAtLink(incidents, secrets, clock),
    signIn: signInWatcher(watchers, passwords, codes, tries, clock),
    recognise: recognisePerson(watchers, clock),
    watchers,
    secrets,
    randomness: cryptoRandomness(),
    load,
    measures,
    lift: liftMeasure(measures, (...entry) => void audited.push(entry.join(' ')), clock),
    clock,
    timeZone: 'Europe/Moscow',
    report: (error) => void trouble.push(error),
    note: (outcome) => void notes.push(outcome),
  }).callback();
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    incidents,
    bodies,
    watchers,
    curb,
    budgets,
    counts,
    load,
    measures,
    trouble,
    notes,
    audited,
    now: clock.now,
    pass: (ms: number) => {
      now = later(now, ms);
    },
    code: () => totpCode(igor.secret, Math.floor(now / 30_000)),
    linkFor: ({ id: incidentId, openings }: Incident, person = 'anna') =>
      `/acknowledge/${acknowledgementToken(secrets, { incidentId, openings, person }, now)}`,
    client: () => consoleClient(url),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
      await database.drop();
      rmSync(keys, { recursive: true, force: true });
    },
  };
}
export type GivenConsole = Awaited<ReturnType<typeof givenConsole>>;

export interface ConsoleAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** A browser's manners without a browser: cookies, and where a form comes from. */
export function consoleClient(url: string) {
  const jar = new Map<string, string>();
  const ask = async (path: string, init: RequestInit): Promise<ConsoleAnswer> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, 'accept-language': 'en', ...init.headers };
    const answer = await fetch(url + path, { ...init, headers, redirect: 'manual' });
    for (const one of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  const own = { 'sec-fetch-site': 'same-origin' };
  return {
    jar,
    get: (path: string, headers: Record<string, string> = {}) => ask(path, { headers }),
    post: (
      path: string,
      form: Record<string, string> = {},
      headers: Record<string, string> = own,
    ) => ask(path, { method: 'POST', body: new URLSearchParams(form), headers }),
    signIn(code: string, facts: Record<string, string> = {}) {
      const { login, password } = igor;
      return this.post('/sign-in', { login, password, code, ...facts });
    },
  };
}
