import assert from 'node:assert/strict';
import type { StatementOrder } from '../../src/application/ports/statement-orders.ts';
import type { AccountId, CustomerId } from '../../src/domain/ids.ts';
import type { StatementPeriod } from '../../src/domain/statement.ts';
import { later } from '../../src/domain/time.ts';
import { freshId, noon } from '../support/given.ts';
import { onEveryStore } from '../support/portal-stores.ts';

const anOrder = (facts: Partial<StatementOrder> = {}): StatementOrder => ({
  id: freshId(),
  customerId: freshId<CustomerId>(),
  accountId: freshId<AccountId>(),
  period: { from: '2024-02-29', to: '2026-03-11' } as StatementPeriod,
  locale: 'en',
  orderedAt: noon,
  ...facts,
});

onEveryStore('statements that wait to be sent', (stores) => {
  const orders = () => stores().statementOrders;

  it('come out as they were put in, oldest first', async () => {
    const [second, first] = [anOrder({ orderedAt: later(noon, 1) }), anOrder()];
    await orders().add(second);
    await orders().add(first);

    assert.deepEqual(await orders().take(1_000, later(noon, 1)), { ...first, attempts: 0 });
    assert.deepEqual(await orders().take(1_000, later(noon, 1)), { ...second, attempts: 0 });
    assert.equal(await orders().take(1_000, later(noon, 1)), undefined);
  });

  it('are nobody else’s until their lease ends, and count how often they were taken', async () => {
    const order = anOrder();
    await orders().add(order);
    await orders().take(1_000, noon);

    assert.equal(await orders().take(1_000, later(noon, 999)), undefined);
    const again = await orders().take(1_000, later(noon, 1_000));
    assert.deepEqual(again, { ...order, attempts: 1 });
  });

  it('are taken once, by however many at a time', async () => {
    for (let n = 0; n < 5; n += 1) await orders().add(anOrder());

    const taken = await Promise.all(Array.from({ length: 9 }, () => orders().take(1_000, noon)));

    const ids = taken.flatMap((one) => (one === undefined ? [] : [one.id]));
    assert.equal(new Set(ids).size, ids.length);
    const rest = [];
    for (let n = ids.length; n < 5; n += 1) rest.push((await orders().take(1_000, noon))?.id);
    assert.equal(new Set([...ids, ...rest]).size, 5);
  });

  it('wait for the time they were put off to, and are gone when done', async () => {
    const order = anOrder();
    await orders().add(order);
    await orders().take(10_000, noon);
    await orders().again(order.id, later(noon, 50));

    assert.equal(await orders().take(1, later(noon, 49)), undefined);
    assert.equal((await orders().take(1, later(noon, 50)))?.id, order.id);
    await orders().done(order.id);
    assert.equal(await orders().take(1, later(noon, 99_999)), undefined);
    await orders().again(order.id, noon);
    assert.equal(await orders().take(1, later(noon, 99_999)), undefined);
  });
});
