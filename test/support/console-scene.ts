import type { Page } from 'playwright-core';
import type { IncidentId, Sighting } from '../../src/domain/protection/incident.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import { historyMs, sampleEveryMs } from '../../src/application/gateway/load-history.ts';
import { hour, later, minute, second } from '../../src/domain/time.ts';
import { demoWatchers } from '../../src/main/demo-watchers.ts';
import { wideGrant } from './any-grant.ts';
import type { GivenConsole } from './given-console.ts';
import type { Look } from './journey.ts';

const [igor] = demoWatchers;
const customer = '01890000-0000-7000-8000-00000000000a' as CustomerId;

/** A bad quarter of an hour: incidents of every kind of gravity, measures, and a load over the grant. */
export async function busyGateway(given: GivenConsole): Promise<{ readonly flood: IncidentId }> {
  playLoad(given);
  const now = given.now();
  const { incidents, measures } = given;
  const sightings: readonly Omit<Sighting, 'at'>[] = [
    {
      detector: 'grant-exhausted',
      severity: 'S2',
      target: 'ledger.read-account',
      evidence: 'the grant was used up for 4 of 5 minutes',
    },
    {
      detector: 'cost-hog',
      severity: 'S3',
      target: `customer ${customer}`,
      evidence: '38 % of the cost of 5 minutes, 412 requests',
      origin: '198.51.100.0/24',
    },
    {
      detector: 'attack-text',
      severity: 'S4',
      target: 'portal-1',
      evidence: `comment: <script>alert('1')</script> OR 1=1 --`,
      origin: '203.0.113.0/24',
    },
  ];
  for (const [n, sighting] of sightings.entries()) {
    await incidents.note({ ...sighting, at: later(now, -(n + 2) * minute) });
  }
  const flood = await incidents.note({
    detector: 'flood',
    severity: 'S1',
    target: 'all operations',
    evidence:
      '1 840 a second instead of 212 (score 14.2)\nnot signed in: 71 %\nnew networks: 64 %\nthe same fingerprint: 58 %',
    origin: '203.0.113.0/24',
    at: later(now, -6 * minute),
  });
  for (let n = 0; n < 24; n += 1) {
    const origin = `203.0.${String(113 + (n % 7))}.0/24`;
    const at = later(now, -5 * minute + n * 10 * second);
    await incidents.note({ ...flood, at, origin });
  }
  const over = await incidents.note({
    detector: 'connector-silent',
    severity: 'S2',
    target: 'accounting',
    evidence: 'no answer for 16 s',
    at: later(now, -hour),
  });
  await incidents.change(over.id, (held) => ({
    ok: true,
    value: {
      ...held,
      state: 'resolved',
      movedAt: later(now, -50 * minute),
      movedBy: 'igor',
      revision: held.revision + 1,
    },
  }));
  measures.take({ kind: 'customer', id: customer }, 'throttle', now);
  measures.take({ kind: 'subnet', id: '203.0.113.0/24' }, 'tarpit', now);
  measures.take({ kind: 'session', id: 'f3b1c09e5d7a' }, 'quarantine', now);
  return { flood: flood.id };
}

function playLoad({ budgets, counts, load, pass, now }: GivenConsole): void {
  const rate = { perSecond: 60, burst: 30 };
  const safe = { rate: { perSecond: 10, burst: 5 }, concurrency: 4 };
  const facts = { rate, safe, concurrency: 20, expiresAt: later(now(), hour) };
  budgets.grant(wideGrant({ ...facts, operation: 'ledger.read-account' }));
  budgets.grant(wideGrant({ ...facts, operation: 'ledger.record-payment', mode: 'throttle' }));
  for (let at = 0; at <= historyMs / sampleEveryMs; at += 1) {
    const wanted = 90 + Math.round(40 * Math.sin(at / 6)) + (at > 70 && at < 100 ? 260 : 0);
    for (let n = 0; n < wanted; n += 1) {
      const passage = n < 300 ? 'passed' : 'busy';
      counts.see({ operation: 'ledger.read-account', passage });
    }
    for (let n = 0; n < at % 9; n += 1) {
      counts.see({ operation: 'ledger.record-payment', passage: 'passed' });
    }
    load.sample(now());
    pass(sampleEveryMs);
  }
}

/** Signs igor in by hand, in Russian, and looks at every page. */
export async function walkConsole(
  page: Page,
  given: GivenConsole,
  flood: IncidentId,
  look: Look,
): Promise<void> {
  await page.goto(given.url);
  await page.getByRole('heading', { name: 'Вход в пульт шлюза' }).waitFor();
  await look('console-sign-in');
  // A code works once.
  given.pass(31 * second);
  await page.getByLabel('Логин').fill(igor.login);
  await page.getByLabel('Пароль').fill(igor.password);
  await page.getByLabel('Код из приложения').fill(given.code());
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Сейчас' }).waitFor();
  await look('console-live');
  await page.goto(`${given.url}/incidents/${flood}`);
  await page.getByRole('heading', { name: 'История' }).waitFor();
  await look('console-incident');
  for (const [path, title, name] of [
    ['/incidents', 'Все инциденты', 'console-all'],
    ['/budgets', 'Лимиты', 'console-budgets'],
    ['/measures', 'Меры', 'console-measures'],
  ] as const) {
    await page.goto(given.url + path);
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await look(name);
  }
}
