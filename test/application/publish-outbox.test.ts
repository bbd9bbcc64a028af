import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OutgoingMessage } from '../../src/application/ports/outbox.ts';
import { publishOutbox, type Deliver } from '../../src/application/publish-outbox.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import { later, minute, second } from '../../src/domain/time.ts';
import { fcFewRuns } from '../support/fc-runs.ts';
import { freshId, givenMessage, idOf, noon, stoppedClock } from '../support/given.ts';
import { memoryStores } from '../support/portal-stores.ts';

describe('PublishOutbox', () => {
  const [anna, boris] = [idOf<CustomerId>(1), idOf<CustomerId>(2)];
  const given = (deliver: Deliver) => {
    const clock = stoppedClock();
    const { outbox, post } = memoryStores();
    const delivered: string[] = [];
    const command: Deliver = async (message) => {
      const answer = await deliver(message);
      if (answer === 'done') delivered.push(message.body);
      return answer;
    };
    const deliverers = { command, sms: async () => ({ againAt: later(clock.now(), minute) }) };
    const put = async (facts: Partial<OutgoingMessage>) => {
      await post(givenMessage({ createdAt: clock.now(), ...facts }));
    };
    return { clock, delivered, put, publish: publishOutbox(outbox, deliverers, clock) };
  };

  it('delivers each message once and says how many there were', async () => {
    const { put, publish, delivered, clock } = given(async () => 'done');
    for (const body of ['1', '2', '3']) await put({ body, customerId: anna });

    assert.equal(await publish(), 3);
    clock.move(60 * minute);

    assert.equal(await publish(), 0);
    assert.deepEqual(delivered, ['1', '2', '3']);
  });

  it('has nothing to do where nothing waits', async () => {
    assert.equal(await given(async () => 'done').publish(), 0);
  });

  it('keeps a message that could not leave, and waits 1, 2, 4 … seconds, five minutes at most', async () => {
    const { put, publish, clock } = given(() => Promise.reject(new Error('no line')));
    await put({ body: '1' });
    const waits: number[] = [];
    await publish();

    for (let n = 0; n < 12; n += 1) {
      const before = clock.now();
      do clock.move(second);
      while ((await publish()) === 0 && clock.now() - before < 10 * minute);
      waits.push((clock.now() - before) / second);
    }

    assert.deepEqual(waits.slice(0, 4), [1, 2, 4, 8]);
    assert.equal(Math.max(...waits), 300);
  });

  it('delivers again at the time it was told', async () => {
    let isBusy = true;
    const { put, publish, clock, delivered } = given(async () =>
      isBusy ? { againAt: later(noon, 7 * second) } : 'done',
    );
    await put({ body: '1' });
    await publish();
    isBusy = false;

    clock.move(7 * second - 1);
    assert.equal(await publish(), 0);
    clock.move(1);
    assert.equal(await publish(), 1);
    assert.deepEqual(delivered, ['1']);
  });

  it('lets no message of a customer overtake the one that could not leave', async () => {
    let isDown = true;
    const { put, publish, clock, delivered } = given(({ body }) =>
      isDown && body === 'a1' ? Promise.reject(new Error('down')) : Promise.resolve('done'),
    );
    await put({ body: 'a1', customerId: anna });
    await put({ body: 'a2', customerId: anna });
    await put({ body: 'b1', customerId: boris });

    await publish();
    assert.deepEqual(delivered, ['b1']);
    isDown = false;
    clock.move(minute);
    await publish();

    assert.deepEqual(delivered, ['b1', 'a1', 'a2']);
  });

  it('holds up no payment because an SMS cannot leave', async () => {
    const { put, publish, delivered } = given(async () => 'done');
    await put({ topic: 'sms', customerId: anna });
    await put({ body: 'payment', customerId: anna });

    await publish();

    assert.deepEqual(delivered, ['payment']);
  });

  it('keeps what nobody here delivers for who does', async () => {
    const { put, publish, clock } = given(async () => 'done');
    await put({ topic: 'event' });

    assert.equal(await publish(), 1);
    clock.move(minute);
    assert.equal(await publish(), 1);
  });

  it('keeps every customer’s order and loses nothing, in whatever order deliveries run', async () => {
    const anyMessages = fc.array(fc.constantFrom(anna, boris, undefined), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), anyMessages, fc.nat(3), async (s, owners, failures) => {
        let left = failures;
        const { put, publish, clock, delivered } = given(async () => {
          await s.schedule(Promise.resolve());
          left -= 1;
          if (left >= 0) throw new Error('down');
          return 'done';
        });
        for (const [n, customerId] of owners.entries()) {
          await put({ id: freshId(), body: `${customerId ?? 'none'}|${String(n)}`, customerId });
        }

        for (let n = 0; n < 20; n += 1) {
          await s.waitFor(publish());
          clock.move(minute);
        }

        assert.equal(delivered.length, owners.length);
        assert.equal(new Set(delivered).size, owners.length);
        for (const owner of [anna, boris]) {
          const places = delivered
            .filter((body) => body.startsWith(owner))
            .map((body) => Number(body.split('|')[1]));
          assert.deepEqual(
            places,
            places.toSorted((a, b) => a - b),
          );
        }
      }),
      fcFewRuns,
    );
  });
});
