import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { Router } from '@koa/router';
import Koa from 'koa';
import type { FaultName, FaultyCall } from '../../../src/adapters/simulators/faults.ts';
import { VirtualTimers } from '../../../src/adapters/simulators/virtual-timers.ts';
import type { World } from '../../../src/adapters/simulators/world.ts';
import type { RawRequest } from '../../../src/application/ports/payment-provider.ts';
import type { Account } from '../../../src/domain/account.ts';
import type { Customer } from '../../../src/domain/customer.ts';
import type { AccountId, CustomerId, PaymentId, StaffId } from '../../../src/domain/ids.ts';
import { money, type Money } from '../../../src/domain/money.ts';
import type { Payment, Redirect } from '../../../src/domain/payment.ts';
import { minute } from '../../../src/domain/time.ts';
import { givenAccount, givenChange, givenCustomer } from '../../support/given.ts';
import type { PortalStores } from '../../support/portal-stores.ts';
import { clockOf, coreOf, listening, notifyApp, type Core } from './core.ts';
import { shown } from './shown.ts';
import type { SystemUnderTest } from './system.ts';

/** A notification as it went over the wire. */
export interface Notice extends RawRequest {
  readonly id: string;
  readonly kind: string;
}

/** One payment system and the whole core on a clock moved by hand: what the cases play on. */
export type Stage = Awaited<ReturnType<typeof openStage>>;

export async function openStage(
  system: SystemUnderTest,
  stores: PortalStores,
  trouble: Pick<World, 'callTrouble' | 'noticeTrouble'> = {},
) {
  // The adapters' own windows are told by the real clock; from there on time is moved by hand.
  const timers = new VirtualTimers(Date.now());
  const clock = clockOf(timers);
  const [outside, shop] = await Promise.all([listening(), listening()]);
  const router = new Router();
  const world = { publicUrl: outside.url, timers, ...trouble };
  system.install(router, world, `${shop.url}/notify/${system.code}`);
  const simulators = new Koa();
  simulators.silent = true;
  simulators.use(router.routes());
  const serveOutside = simulators.callback();
  outside.serve((request, response) => void serveOutside(request, response));

  const plain = system.provider(outside.url);
  const core = coreOf(stores, system, plain, clock);
  const results: string[] = [];
  const state: { core: Pick<Core, 'take' | 'provider'> } = { core };
  const usual = notifyApp(
    () => state.core,
    (result) => results.push(result),
    1,
  );
  shop.serve(usual);
  const levers = leversOf(outside.url, system.code);
  const stage = {
    system,
    stores,
    timers,
    clock,
    plain,
    core,
    levers,
    /** How each notification ended, in order. */
    results,
    outsideUrl: outside.url,
    shopUrl: `${shop.url}/notify/${system.code}`,
    /** Lets another core take the notifications. */
    takenBy: (other: Pick<Core, 'take' | 'provider'>) => {
      state.core = other;
    },
    takenByCore: () => {
      state.core = core;
    },
    /** Lets another listener take the notifications while something is done. */
    servedBy: async (other: RequestListener, work: () => Promise<unknown>) => {
      shop.serve(other);
      await work();
      shop.serve(usual);
    },
    close: async () => {
      timers.stop();
      await Promise.all([outside.close(), shop.close()]);
    },
  };
  return { ...stage, ...actsOn(stage) };
}

/** What payers, customers and the passing of time do on a stage. */
function actsOn(stage: {
  readonly system: SystemUnderTest;
  readonly stores: PortalStores;
  readonly timers: VirtualTimers;
  readonly clock: { now(): number };
  readonly core: Core;
  readonly levers: ReturnType<typeof leversOf>;
}) {
  const { system, stores, timers, core } = stage;
  const currency = system.currencies[0] ?? 'RUB';
  const sum = (minor = 123_450n): Money => money(minor, currency);
  const owner = async (of: Money['currency'] = currency) => {
    const customer: Customer = { ...givenCustomer(), id: randomUUID() as CustomerId };
    const account: Account = givenAccount(customer, {
      id: randomUUID() as AccountId,
      balance: money(0n, of),
    });
    await stores.customers.put({ ...customer, contract: customer.id.slice(0, 12) }, 1);
    await stores.accounts.take(givenChange(account), clockOf(timers).now());
    return { customer, account };
  };
  const wish = async (amount = sum(), method = 'pay') => {
    const { customer, account } = await owner(amount.currency);
    const started = await core.start({
      ...{ customerId: customer.id, accountId: account.id, amount, method, key: randomUUID() },
    });
    assert.ok(started.ok, shown(started));
    return { id: started.value.id, customer };
  };
  const payment = async (id: PaymentId): Promise<Payment> => {
    const found = await stores.desk.find(id);
    assert.ok(found, `no payment ${id}`);
    return found;
  };
  /** The payer follows the redirect, as a browser does. */
  const visit = async (redirect: Redirect | undefined): Promise<void> => {
    if (redirect?.kind !== 'form-post') return;
    const answer = await fetch(redirect.action, {
      method: 'POST',
      body: new URLSearchParams(redirect.fields.map(([name, value]) => [name, value])),
      redirect: 'manual',
    });
    assert.ok(answer.status < 400, `${String(answer.status)} ${await answer.text()}`);
  };
  /** A payment whose payer stands before the provider's page. */
  const pending = async (amount = sum(), method = 'pay'): Promise<PaymentId> => {
    const { id } = await wish(amount, method);
    const sent = await core.send(id);
    assert.equal(sent?.state, 'pending', shown(sent));
    await visit(sent.state === 'pending' ? sent.redirect : undefined);
    return id;
  };
  const paid = async (amount = sum()): Promise<PaymentId> => {
    const id = await pending(amount);
    await stage.levers.act(id, 'pay');
    assert.equal((await payment(id)).state, 'succeeded');
    return id;
  };
  /** Credits of one payment: L1 is one of the sum, L0 none. */
  const credits = async (id: PaymentId): Promise<bigint[]> =>
    stores.credited((await payment(id)).customerId);
  return {
    sum,
    wish,
    visit,
    pending,
    paid,
    payment,
    credits,
    state: async (id: PaymentId) => (await payment(id)).state,
    isPaidOnce: async (id: PaymentId, minor?: bigint) => {
      const found = await payment(id);
      assert.equal(found.state, 'succeeded');
      assert.deepEqual(await credits(id), [minor ?? found.amount.minor]);
      assert.ok(await stores.receipts.find(id, found.customerId), 'no receipt');
    },
    isUnpaid: async (id: PaymentId, ...states: Payment['state'][]) => {
      const found = await payment(id);
      assert.ok(states.includes(found.state), `${found.state}, not ${states.join(' or ')}`);
      assert.deepEqual(await credits(id), []);
    },
    refund: (id: PaymentId, minor: bigint) =>
      core.refund({ paymentId: id, amount: sum(minor), reason: 'test', staff: staff }),
    refunds: async (id: PaymentId) =>
      (await stores.refunds.of(id)).map(({ state, amount, origin }) => ({
        state,
        minor: amount.minor,
        origin,
      })),
    /** Lets time pass, with the worker at its rounds. */
    pass: async (ms: number, stepMs = 5 * minute) => {
      for (let left = ms; left > 0; left -= stepMs) {
        await timers.advance(Math.min(stepMs, left));
        await core.sendDue(50);
        await core.lookDue(50);
        await core.sendDueRefunds(50);
      }
    },
  };
}

const staff = randomUUID() as StaffId;
/** The levers of the simulated system, by HTTP as anybody pulls them. */
function leversOf(url: string, code: string) {
  const root = `${url}/control/${code}`;
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(root + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers,
    });
    const json = (await answer.json()) as Record<string, unknown>;
    return { status: answer.status, json };
  };
  const get = async (path: string) =>
    (await (await fetch(root + path)).json()) as {
      items: Record<string, unknown>[];
      made?: number;
    };
  return {
    act: async (id: PaymentId, outcome: string, more: object = {}) => {
      const { status, json } = await post(`/payments/${id}`, { outcome, ...more });
      assert.equal(status, 200, `${outcome}: ${JSON.stringify(json)}`);
      return json;
    },
    tries: (id: PaymentId, outcome: string, more: object = {}) =>
      post(`/payments/${id}`, { outcome, ...more }).then(({ status }) => status),
    fault: async (call: FaultyCall, fault: FaultName, times = 1) => {
      await post('/next', { call, fault, times, delayMs: 60_000 });
    },
    mend: async () => {
      await fetch(`${root}/next`, { method: 'DELETE' });
    },
    hold: (paused: boolean, lose = false) => post('/notifications', { paused, lose }),
    made: async (id: PaymentId) => (await get(`/payments/${id}`)).made ?? 0,
    view: async (id: PaymentId) => (await get(`/payments/${id}`)).items[0],
    /** What was sent for a payment, oldest first, as it went over the wire. */
    notices: async (id: PaymentId): Promise<Notice[]> => {
      const { items } = await get('/notifications');
      return items
        .filter((each) => each['paymentId'] === id)
        .toReversed()
        .map((each) => ({
          id: String(each['id']),
          kind: String(each['kind']),
          headers: lowerCased(each['headers'] as Record<string, string>),
          body: Buffer.from(String(each['bodyBase64']), 'base64'),
        }));
    },
  };
}

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
