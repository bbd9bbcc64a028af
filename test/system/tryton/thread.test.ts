import assert from 'node:assert/strict';
import { join } from 'node:path';
import pg from 'pg';
import { rows } from '../../../src/adapters/accounting/tryton/tryton-chart.ts';
import {
  trytonTalk,
  type TrytonPlace,
} from '../../../src/adapters/accounting/tryton/tryton-talk.ts';
import { startFivePrograms, type FivePrograms } from '../../support/five-programs.ts';
import type { PortalClient } from '../../support/portal-client.ts';
import { waitFor } from '../../support/processes.ts';
import { ensureRabbitmq } from '../../support/rabbitmq.ts';
import { skipUnless } from '../../support/skips.ts';
import { ensureTryton, startTryton, type TestTryton } from '../../support/tryton.ts';
import { trytonBookkeeper } from '../../support/tryton-bookkeeper.ts';
import { openTrytonGate, type TrytonGate } from '../../support/tryton-gate.ts';

const demo = ['7000001', 'demo-Kabinet-2026', '+79990000001'] as const;

/** Where accounting dies: at a call to Tryton, at a table of ours, or when all is done and nobody was told. */
type Death =
  | { readonly at: 'call'; readonly method: string; readonly when: 'before' | 'after' }
  | { readonly at: 'table'; readonly table: string }
  | { readonly at: 'end' };
const move = 'model.account.move';
const deaths: readonly Death[] = [
  // Before it keeps the intent, after it, after the draft is made, after it was posted, in the middle of our commit.
  { at: 'table', table: 'posting_intent' },
  { at: 'call', method: `${move}.search_read`, when: 'before' },
  { at: 'call', method: `${move}.create`, when: 'after' },
  { at: 'call', method: `${move}.post`, when: 'after' },
  { at: 'table', table: 'entry' },
];
/** What `npm run soak` adds: TRYTON_KILLS=all. */
const moreDeaths: readonly Death[] = [
  { at: 'call', method: `${move}.create`, when: 'before' },
  { at: 'call', method: `${move}.post`, when: 'before' },
  { at: 'end' },
];
const tried = process.env['TRYTON_KILLS'] === 'all' ? [...deaths, ...moreDeaths] : deaths;

describe('The whole thread with Tryton behind', function () {
  this.timeout(240_000);
  let tryton: TestTryton | undefined;
  let place: TrytonPlace;
  let gate: TrytonGate | undefined;
  let five: FivePrograms | undefined;
  let customer: PortalClient;
  let account: { readonly id: string; readonly number: string };
  let settings: Readonly<Record<string, string>>;

  before(async function () {
    this.timeout(400_000);
    skipUnless(this, await ensureRabbitmq());
    skipUnless(this, await ensureTryton());
    const directory = join(import.meta.dirname, '../../../.kabinet-test/tryton');
    tryton = await startTryton({ directory });
    place = await tryton.freshBook('thread');
    gate = await openTrytonGate(place.url);
    settings = {
      ...{ ACCOUNTING_SYSTEM: 'tryton', TRYTON_URL: gate.url },
      ...{ TRYTON_DATABASE: place.database, TRYTON_PASSWORD_FILE: tryton.passwordFile },
    };
    five = await startFivePrograms(settings);
    customer = five.client();
    assert.equal((await customer.signIn(...demo)).status, 200);
    [account] = (await customer.get('/api/accounts')).body.items;
  });
  after(async () => {
    await five?.stop();
    await gate?.close();
    await tryton?.stop();
  });

  const keyOf = (paymentId: string): string => `capture:stripe:${paymentId}`;
  const statesInTryton = async (paymentId: string): Promise<unknown[]> => {
    const domain = [['description', '=', keyOf(paymentId)]];
    const found = await rows(trytonTalk(place), 'account.move', domain, ['state']);
    return found.map(({ state }) => state);
  };
  const operations = async (): Promise<readonly Record<string, unknown>[]> =>
    (await customer.get(`/api/accounts/${account.id}/operations`)).body.items;
  const balance = async (): Promise<bigint> => {
    const fresh = (await customer.post(`/api/accounts/${account.id}/refresh`, {})).body;
    return BigInt(fresh.balance.minor);
  };
  const isOnceEverywhere = async (paymentId: string): Promise<void> => {
    assert.deepEqual(await statesInTryton(paymentId), ['posted']);
    const shown = (await operations()).filter((one) => one['paymentId'] === paymentId);
    assert.equal(shown.length, 1);
    const sql = 'SELECT count(*)::int AS n FROM entry WHERE key = $1';
    assert.deepEqual(await five!.rows('books', sql, [keyOf(paymentId)]), [{ n: 1 }]);
  };

  /** Keeps a table of the books from being written until `release`. */
  const locked = async (table: string) => {
    const client = new pg.Client({ connectionString: `${five!.databaseUrl}_books` });
    await client.connect();
    await client.query('BEGIN');
    await client.query(`LOCK TABLE ${table} IN SHARE MODE`);
    return {
      isWaitedFor: () =>
        waitFor(`a writer of ${table}`, async () => {
          const waiting = await five!.rows(
            'books',
            'SELECT 1 FROM pg_locks WHERE relation = $1::regclass AND NOT granted',
            [table],
          );
          return waiting.length > 0;
        }),
      release: () => client.end(),
    };
  };

  /** Lets accounting run into its death while a customer pays; answers the payment. */
  const payInto = async (death: Death, minor: string): Promise<string> => {
    const pay = async (): Promise<string> => {
      const { id } = (await customer.pay(account.id, minor)).body;
      await customer.control(id, { outcome: 'pay' });
      return id as string;
    };
    const kill = () => five!.program('accounting').kill();
    if (death.at === 'table') {
      const lock = await locked(death.table);
      const id = await pay();
      await lock.isWaitedFor();
      await kill();
      await lock.release();
      return id;
    }
    if (death.at === 'call') {
      gate!.hold(death);
      const id = await pay();
      await gate!.held();
      await kill();
      return id;
    }
    await five!.program('accounting').stop();
    await five!.restart('accounting', { KABINET_HOLD_AFTER_POSTING: '1' });
    const id = await pay();
    const sql = 'SELECT 1 FROM entry WHERE key = $1';
    const isPosted = async () => (await five!.rows('books', sql, [keyOf(id)])).length > 0;
    await waitFor('the entry', isPosted);
    // What is being told at the moment of death is told again after a minute; here the rest is of interest.
    const waiting = 'SELECT 1 FROM outbox';
    await waitFor(
      'the event to leave',
      async () => (await five!.rows('books', waiting)).length === 0,
    );
    await kill();
    return id;
  };

  it('takes a payment to one posted move, and one operation on the page', async () => {
    const before = await balance();
    const { id } = (await customer.pay(account.id, '123450')).body;
    await customer.control(id, { outcome: 'pay', times: 3 });
    await customer.paymentBecomes(id, 'succeeded', true);

    await isOnceEverywhere(id);
    assert.equal(await balance(), before + 123_450n);
    assert.equal(await trytonBookkeeper(place).owes(account.number), -123_450n);
  });

  it('takes what a bookkeeper posts to the page', async () => {
    const before = await balance();
    await trytonBookkeeper(place).posts({
      ...{ journal: 'REV', description: 'Замена счётчика' },
      lines: [{ account: account.number, roubles: '1800.00' }],
    });
    const shown = async () =>
      (await operations()).filter(({ description }) => description === 'Замена счётчика');
    await waitFor('the charge on the page', async () => (await shown()).length > 0);

    assert.deepEqual(
      (await shown()).map(({ kind, amount }) => [kind, amount]),
      [['charge', { minor: '-180000', currency: 'RUB' }]],
    );
    assert.equal(await balance(), before - 180_000n);
  });

  it('posts once and shows once, wherever accounting is killed', async () => {
    const before = await balance();
    const paid: string[] = [];
    let sum = 0n;
    for (const [n, death] of tried.entries()) {
      const minor = 10_000n + BigInt(n);
      const id = await payInto(death, minor.toString());
      await five!.restart('accounting');
      await customer.paymentBecomes(id, 'succeeded', true);
      await isOnceEverywhere(id);
      paid.push(id);
      sum += minor;
    }
    assert.equal(await balance(), before + sum);
    for (const id of paid) await isOnceEverywhere(id);
  });

  it('is finished by another process that waits, when the one that posts is killed', async () => {
    const other = await five!.another('accounting', settings);
    const death = { at: 'call', method: `${move}.post`, when: 'after' } as const;
    const before = await balance();
    const id = await payInto(death, '20000');
    await customer.paymentBecomes(id, 'succeeded', true);

    await isOnceEverywhere(id);
    assert.equal(await balance(), before + 20_000n);
    await other.stop();
    await five!.restart('accounting');
  });
});
