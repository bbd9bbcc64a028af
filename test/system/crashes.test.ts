import assert from 'node:assert/strict';
import { startFivePrograms, type FivePrograms } from '../support/five-programs.ts';
import { waitFor } from '../support/processes.ts';
import { ensureRabbitmq } from '../support/rabbitmq.ts';
import { skipUnless } from '../support/skips.ts';

const demo = ['7000001', 'demo-Kabinet-2026', '+79990000001'] as const;

describe('kill -9 in the middle of a payment', function () {
  this.timeout(240_000);
  let five: FivePrograms;

  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    five = await startFivePrograms();
  });
  after(async () => {
    await five?.stop();
  });

  const fault = async (order: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(order);
    await fetch(`${five.simulatorsUrl}/control/stripe/next`, { method: 'POST', headers, body });
  };
  const sessionsOf = async (paymentId: string): Promise<number> => {
    const response = await fetch(`${five.simulatorsUrl}/control/stripe/requests`);
    const { items } = (await response.json()) as {
      items: { paymentId: string; sessions: number }[];
    };
    return items.find((item) => item.paymentId === paymentId)?.sessions ?? 0;
  };
  /** Brings the next look at a payment forward: the schedule is proved elsewhere, on a clock of its own. */
  const lookNow = (paymentId: string) =>
    five.rows('portal', 'UPDATE payment SET next_look_at = now() WHERE id = $1', [paymentId]);
  const entriesOf = async (paymentId: string): Promise<unknown> => {
    const sql = 'SELECT count(*)::int AS n FROM entry WHERE key = $1';
    return (await five.rows('books', sql, [`capture:stripe:${paymentId}`]))[0]?.n;
  };
  const accountOf = async (customer: ReturnType<FivePrograms['client']>) =>
    (await customer.get('/api/accounts')).body.items[0];
  const operationsOf = async (customer: ReturnType<FivePrograms['client']>, paymentId: string) => {
    const { id } = await accountOf(customer);
    const page = (await customer.get(`/api/accounts/${id as string}/operations`)).body;
    return page.items.filter((one: { paymentId?: string }) => one.paymentId === paymentId).length;
  };

  it('of the worker after the provider accepted: one payment there, one entry, one operation', async () => {
    const customer = five.client();
    await customer.signIn(...demo);
    const account = await accountOf(customer);
    await fault({ fault: '429', times: 1 });
    const { id, state } = (await customer.pay(account.id, '70000')).body;
    assert.ok(['created', 'initiating'].includes(state), state);

    await fault({ fault: 'hang-after-effect', delayMs: 60_000, times: 1 });
    await lookNow(id);
    await waitFor('the provider to accept', async () => (await sessionsOf(id)) === 1);
    assert.equal((await customer.get(`/api/payments/${id}`)).body.state, 'initiating');
    await five.program('worker').kill();
    await five.restart('worker');
    await lookNow(id);
    await customer.paymentBecomes(id, 'pending');
    await customer.control(id, { outcome: 'pay' });
    await customer.paymentBecomes(id, 'succeeded', true);

    assert.equal(await sessionsOf(id), 1);
    assert.equal(await entriesOf(id), 1);
    assert.equal(await operationsOf(customer, id), 1);
  });

  it('of accounting after it posted and before it said so: one entry, one operation', async () => {
    await five.program('accounting').stop();
    await five.restart('accounting', { KABINET_HOLD_AFTER_POSTING: '1' });
    const customer = five.client();
    await customer.signIn(...demo);
    const account = await accountOf(customer);
    const { id } = (await customer.pay(account.id, '80000')).body;
    await customer.control(id, { outcome: 'pay' });
    await waitFor('the entry', async () => (await entriesOf(id)) === 1);
    await five.program('accounting').kill();
    await five.restart('accounting');
    // What was being told when it was killed is told again after a minute.
    await customer.paymentBecomes(id, 'succeeded', true, 90_000);

    const waiting = 'SELECT count(*)::int AS n FROM outbox';
    const areEmpty = async (): Promise<boolean> => {
      const [books, portal] = [
        await five.rows('books', waiting),
        await five.rows('portal', waiting),
      ];
      return books[0]?.n === 0 && portal[0]?.n === 0;
    };
    await waitFor('empty outboxes', areEmpty, 90_000);
    assert.equal(await entriesOf(id), 1);
    assert.equal(await operationsOf(customer, id), 1);
  });
});
