import assert from 'node:assert/strict';
import type pg from 'pg';
import { PostgresAuditPages } from '../../src/adapters/postgres/gateway/postgres-audit-pages.ts';
import { MemoryIncidentStore } from '../../src/adapters/memory/memory-incident-store.ts';
import type { AdmitMessage } from '../../src/application/gateway/admit-message.ts';
import { raiseIncident, type Suspicion } from '../../src/application/gateway/raise-incident.ts';
import { ok, refused } from '../../src/domain/result.ts';
import { day, instant } from '../../src/domain/time.ts';
import { readConfig } from '../../src/main/config.ts';
import { startAudit } from '../../src/main/gateway-audit.ts';
import { Metrics } from '../../src/main/metrics.ts';
import { Started } from '../../src/main/running.ts';
import type { Surroundings } from '../../src/main/surroundings.ts';
import { givenGatewayDatabase } from '../support/gateway-database.ts';
import { anna, givenKeyRings } from '../support/gateway-world.ts';
import { waitFor } from '../support/processes.ts';

type Request = Parameters<AdmitMessage>[0];
const asked = (messageClass: 'command' | 'query', type: string): Request =>
  ({
    envelope: { type, id: 'm-1', subject: anna, messageClass, idempotencyKey: 'k-1' },
    requestHash: 'h',
  }) as unknown as Request;

describe('The audit of a gateway', function () {
  this.timeout(60_000);
  let database: Awaited<ReturnType<typeof givenGatewayDatabase>>;
  let rings: ReturnType<typeof givenKeyRings>;
  let started: Started;
  let events: string[];
  const setTimer = globalThis.setTimeout;
  /** Ends every pause of a day that runs now. */
  let passDay: () => void;
  beforeEach(async () => {
    database = await givenGatewayDatabase();
    rings = givenKeyRings();
    started = new Started();
    events = [];
    const daily: (() => void)[] = [];
    passDay = () => {
      for (const ring of daily.splice(0)) ring();
    };
    globalThis.setTimeout = ((work: () => void, ms: number, ...args: unknown[]) => {
      const timer = setTimer(work, ms, ...args);
      if (ms === day) {
        daily.push(() => {
          clearTimeout(timer);
          work();
        });
      }
      return timer;
    }) as typeof setTimeout;
  });
  afterEach(async () => {
    globalThis.setTimeout = setTimer;
    await started.stop();
    await database.close();
    rings.discard();
  });
  const start = (pool: pg.Pool = database.pool) => {
    const around = {
      config: readConfig({ KABINET_KEYS: rings.directory }),
      metrics: new Metrics(),
      log: {
        event: (name: string, fields: { readonly reason?: string }) =>
          events.push(`${name} ${fields.reason ?? ''}`.trim()),
      },
    } as unknown as Surroundings;
    return startAudit(around, pool, rings.gateway, started);
  };
  const records = async (): Promise<readonly string[]> =>
    (await new PostgresAuditPages(database.pool).after(0, 100)).map(
      ({ kind, who, what }) => `${kind} | ${who} | ${what}`,
    );
  const { kid } = { kid: () => rings.gateway.own.kid };

  it('says when a gateway began and stopped, and by which key', async () => {
    start();
    await started.stop();

    assert.deepEqual(await records(), [`start | gateway | ${kid()}`, `stop | gateway | ${kid()}`]);
  });

  it('has the commands that passed, and no question', async () => {
    const audit = start();
    const letAll = audit.admitting(() => Promise.resolve(ok(undefined) as never));
    const letNone = audit.admitting(() =>
      Promise.resolve(refused({ reason: 'foreign-object' }) as never),
    );

    await letAll(asked('command', 'ledger.record-payment'));
    await letAll(asked('query', 'ledger.read-account'));
    const answer = await letNone(asked('command', 'ledger.record-refund'));
    await started.stop();

    assert.equal(answer.ok, false);
    assert.deepEqual((await records()).slice(1, -1), [
      `command | ${anna} | ledger.record-payment m-1 under k-1`,
    ]);
  });

  it('has the refusals that are a sign of an attack or meet who is held back, and passes all on', async () => {
    const audit = start();
    const noted: string[] = [];
    const note = audit.noting((_, { reason }) => void noted.push(reason));
    const { envelope } = asked('query', 'ledger.read-account');
    const reasons = ['replayed', 'quarantined', 'expired', 'foreign-object'] as const;
    for (const reason of reasons) note(envelope, { reason });
    await started.stop();

    assert.deepEqual(noted, reasons);
    assert.deepEqual((await records()).slice(1, -1), [
      `refused | ${anna} | replayed: ledger.read-account m-1`,
      `refused | ${anna} | quarantined: ledger.read-account m-1`,
      `refused | ${anna} | foreign-object: ledger.read-account m-1`,
    ]);
  });

  it('has the incidents, and who moves them', async () => {
    const audit = start();
    const incidents = audit.keeping(new MemoryIncidentStore());
    const raise = raiseIncident(incidents, { now: () => instant(1e12) });
    await raise({ detector: 'replay', target: 'portal', evidence: 'a nonce twice' });
    await started.stop();

    assert.deepEqual((await records()).slice(1, -1), [
      'incident | replay:portal | S1 a nonce twice',
    ]);
  });

  it('tells the log of its newest head, once a minute at most', async () => {
    const audit = start();
    await waitFor('the first head', () => events.length > 0);
    audit.record('keys', 'inside', 'bundle 2');
    await waitFor('the second record', async () => (await records()).length === 2);

    const [head] = await new PostgresAuditPages(database.pool).headsAfter(0, 9);
    assert.deepEqual(events, [`audit-head 1:${head!.digest}`]);
  });

  it('is gone over at the start and every day; a break is an incident each time', async () => {
    const raised: Suspicion[] = [];
    const audit = start();
    audit.record('keys', 'inside', 'bundle 2');
    await waitFor('the records', async () => (await records()).length === 2);
    let checks = 0;
    const pages = database.pool;
    const query = pages.query.bind(pages) as (...args: unknown[]) => unknown;
    pages.query = ((...args: unknown[]) => {
      if (JSON.stringify(args).includes('audit_head')) checks += 1;
      return query(...args);
    }) as typeof pages.query;
    audit.watchChain((suspicion) => Promise.resolve(raised.push(suspicion)));
    await waitFor('the first check', () => checks >= 2);
    passDay();
    await waitFor('the check of the next day', () => checks >= 4);
    assert.deepEqual(raised, [], 'a whole chain is no incident');

    const client = await database.pool.connect();
    await client.query('SET session_replication_role = replica');
    await client.query("UPDATE audit_record SET what = 'bundle 3' WHERE seq = 2");
    client.release(true);
    for (const times of [1, 2]) {
      passDay();
      await waitFor('the incident', () => raised.length === times);
    }

    assert.deepEqual(raised[0], {
      detector: 'audit-break',
      target: 'audit log',
      evidence: 'record 2 is changed',
    });
    assert.deepEqual(raised[1], raised[0]);
  });
});
