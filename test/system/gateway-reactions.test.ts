import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { totpCode } from '../../src/adapters/simulators/authenticator/authenticator.ts';
import { usualBudgets } from '../../src/application/budgets/usual-budgets.ts';
import type { AccountingSystem } from '../../src/application/ports/accounting-system.ts';
import type { AccountId, CustomerId } from '../../src/domain/ids.ts';
import { shardOf } from '../../src/adapters/amqp/topology.ts';
import { addDemoWatchers } from '../../src/main/add-demo-watchers.ts';
import { demoWatchers } from '../../src/main/demo-watchers.ts';
import { consoleClient } from '../support/given-console.ts';
import { openGatewayPlace, type GatewayPlace } from '../support/gateway-place.ts';
import { accountChanged, randomness } from '../support/gateway-world.ts';
import { waitFor } from '../support/processes.ts';
import { ensureRabbitmq } from '../support/rabbitmq.ts';
import { skipUnless } from '../support/skips.ts';

/** Every question is answered; nothing is ever posted. */
const accounting: AccountingSystem = {
  readAccount: (accountId, customerId) =>
    Promise.resolve(accountChanged({ accountId, customerId })),
  recordPayment: () => Promise.resolve('posted'),
  recordRefund: () => Promise.resolve('posted'),
};
const somebody = () => ({
  customer: randomness.id() as CustomerId,
  account: randomness.id() as AccountId,
});

describe('what gateways do by themselves', function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-reactions-'));
  const [canary, another] = [randomness.id() as AccountId, randomness.id() as AccountId];
  const anna = somebody();
  // One gateway serves both: what he is answered is not for want of a gateway.
  const boris = Array.from({ length: 500 }, somebody).find(
    ({ customer }) => shardOf(customer) === shardOf(anna.customer),
  )!;
  const crowd = Array.from({ length: 16 }, somebody);
  let place: GatewayPlace;
  let database: pg.Client;
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    const detectors = join(folder, 'detectors.json');
    const volume = { bucketMs: 1_000, warmUpBuckets: 6, minCount: 40 };
    writeFileSync(detectors, JSON.stringify({ canaries: [canary], volume }));
    const budgets = usualBudgets.map(({ operation, ...budget }) => [
      operation,
      { ...budget, customer: { perSecond: 1_000, burst: 1_000 } },
    ]);
    place = await openGatewayPlace({
      accounting: () => Promise.resolve(accounting),
      budgets: Object.fromEntries(budgets),
      gateway: { DETECTORS_FILE: detectors, LOG_LEVEL: 'info' },
    });
    await place.own([anna, boris, ...crowd].map(({ account, customer }) => [account, customer]));
    database = new pg.Client({ connectionString: place.databaseUrl });
    await database.connect();
  });
  after(async () => {
    await database?.end();
    await place?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const outcomeOf = async ({ account, customer }: typeof anna, asked = account) =>
    (await place.portal.ask(asked, customer)).outcome;
  const isServed = (who: typeof anna) => async () => (await outcomeOf(who)) === 'fresh';
  const curbs = async (): Promise<readonly string[]> => {
    const { rows } = await database.query<{ what: string }>(
      `SELECT what FROM audit_record WHERE kind = 'curb' ORDER BY seq`,
    );
    return rows.map(({ what }) => what);
  };

  it('hold the grant back in a flood, write down why, and let go when it is over', async () => {
    await waitFor('an answer', isServed(boris));
    const flooded = /^lane hi keeps 0\.5 of the grant, lo is shed since .*: flood, \d+ in 1 s/;
    const wasFlooded = (): boolean => told.some((one) => flooded.test(one));
    const isOver = (): boolean => wasFlooded() && told.at(-1)?.startsWith('over') === true;
    // Neither goes on for ever: what comes after would be held back by them.
    const giveUpAt = Date.now() + 150_000;
    let told: readonly string[] = [];
    const goesOn = (isEnough: () => boolean): boolean => !isEnough() && Date.now() < giveUpAt;
    const watch = async (): Promise<void> => {
      while (goesOn(isOver)) {
        told = await curbs();
        await pause(250);
      }
    };
    // Sixteen customers who ask once in a while, and then one who asks all the time as well: never in step, or a slow
    // machine would see a full second and an empty one by turns.
    const usual = async (one: typeof anna): Promise<void> => {
      while (goesOn(isOver)) {
        await outcomeOf(one);
        await pause(1_000);
      }
    };
    const flood = async (): Promise<void> => {
      await pause(10_000);
      while (goesOn(wasFlooded)) await outcomeOf(anna);
    };
    await Promise.all([watch(), ...crowd.map(usual), ...Array.from({ length: 50 }, flood)]);
    assert.ok(isOver(), told.join('; '));
  });

  it('go on with a measure after a kill -9, and one by one after the other', async () => {
    await place.startGateway('gateway-2');
    await waitFor('an answer over two', isServed(anna));
    assert.equal(await outcomeOf(anna, canary), 'not-found');
    await waitFor('the quarantine', async () => (await outcomeOf(anna)) === 'busy');
    await waitFor('the kept measure', async () => {
      const { rowCount } = await database.query(
        `SELECT 1 FROM measure_change WHERE measure = 'quarantine' AND who_kind = 'customer'`,
      );
      return rowCount !== 0;
    });

    const isHeld = async () => (await outcomeOf(anna)) === 'busy' && (await isServed(boris)());
    for (const instance of ['gateway-1', 'gateway-2']) {
      await place.gateway(instance)?.kill();
      await waitFor('answers of who is left', isServed(boris));
      // What was taken in the last second before the end, the other may still have to read.
      await waitFor('the measure of the other', isHeld, 5_000);
      await place.startGateway(instance);
      await waitFor('answers of both', isServed(boris));
      for (let times = 0; times < 5; times += 1) assert.ok(await isHeld(), `${instance} is back`);
    }
  });

  it('let go, one and all, of whom a watcher lets go at the console of one', async () => {
    assert.equal(await outcomeOf(anna), 'busy');
    const pool = openPool(place.databaseUrl, 1, 'test');
    await addDemoWatchers(pool, place.keys);
    await pool.end();
    const printed = place.gateway('gateway-1')?.output() ?? '';
    const [, port = ''] = /"port":(\d+)[^}]*"console-ready"/.exec(printed) ?? [];
    const client = consoleClient(`http://localhost:${port}`);
    const code = totpCode(demoWatchers[0].secret, Math.floor(Date.now() / 30_000));
    assert.equal((await client.signIn(code)).status, 303);
    const listed = await client.get('/measures');
    const paths = [...listed.text.matchAll(/href="(\/measures\/[^"]+)"/g)].map((m) => m[1] ?? '');
    assert.ok(
      paths.some((path) => path.includes(anna.customer)),
      listed.text,
    );
    for (const path of paths) {
      assert.equal((await client.post(path, { reason: 'our own drill' })).status, 303);
    }

    // A gateway that is killed takes the last second of its audit log with it.
    const lifts = async () => {
      const { rows } = await database.query<{ who: string; what: string }>(
        `SELECT who, what FROM audit_record WHERE kind = 'lift'`,
      );
      return rows;
    };
    await waitFor('the audit log', async () => (await lifts()).length === paths.length);
    for (const { who, what } of await lifts()) {
      assert.equal(who, 'igor');
      assert.match(what, /: our own drill$/);
    }
    await waitFor('an answer again', isServed(anna), 5_000);
    for (const instance of ['gateway-1', 'gateway-2']) {
      await place.gateway(instance)?.kill();
      await waitFor(`an answer without ${instance}`, isServed(anna));
      await place.startGateway(instance);
    }
  });

  it('hear of canaries from the inside, and tell at once of who uses one', async () => {
    const listings = async (): Promise<number> => {
      const { rowCount } = await database.query(
        `SELECT 1 FROM audit_record WHERE kind = 'canaries' AND what LIKE '% of 1'`,
      );
      return rowCount ?? 0;
    };
    const before = await listings();
    writeFileSync(place.canariesFile, JSON.stringify({ [another]: 'in the backup' }));
    await waitFor('the list at both gateways', async () => (await listings()) >= before + 2);
    const [clara] = crowd as [typeof anna];
    assert.equal(await outcomeOf(clara, another), 'not-found');

    await waitFor('the incident', async () => {
      const { rows } = await database.query<{ severity: string; evidence: string }>(
        `SELECT severity, evidence FROM incident WHERE detector = 'canary' AND target = $1`,
        [clara.customer],
      );
      return rows[0]?.severity === 'S1' && rows[0].evidence.includes(another);
    });
    // A gateway that comes anew has forgotten the list, and is told.
    await place.gateway('gateway-2')?.kill();
    await place.startGateway('gateway-2');
    await waitFor('the list at the newcomer', async () => (await listings()) >= before + 3);
  });
});
