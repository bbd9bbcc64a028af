import assert from 'node:assert/strict';
import type { TakenMessage } from '../../src/application/ports/outbox.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import { later, minute, second } from '../../src/domain/time.ts';
import { freshId, givenMessage, noon } from '../support/given.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the outbox', (stores) => {
  const anna = freshId<CustomerId>();
  const boris = freshId<CustomerId>();
  const take = (at = noon, limit = 100): Promise<TakenMessage[]> =>
    stores().outbox.take(limit, minute, at);
  const given = async (facts: Parameters<typeof givenMessage>[0] = {}) => {
    const message = givenMessage(facts);
    await stores().post(message);
    return message;
  };

  it('gives what was saved, oldest first', async () => {
    const command = await given({ customerId: anna, body: '{"n":2}' });
    const first = await given({ topic: 'sms', createdAt: later(noon, -1) });

    const taken = await take();

    assert.deepEqual(taken, [
      { ...first, attempts: 0 },
      { ...command, attempts: 0 },
    ]);
  });

  it('gives nobody else a taken message until its lease ends', async () => {
    await given();
    await take();

    const during = await take(later(noon, minute - 1));
    const after = await take(later(noon, minute));

    assert.deepEqual(during, []);
    assert.equal(after.length, 1);
    assert.equal(after[0]?.attempts, 1);
  });

  it('shares the messages among all who take at once, each to one', async () => {
    for (let n = 0; n < 40; n += 1) await given();

    const taken = await Promise.all(Array.from({ length: 10 }, () => take(noon, 7)));

    const ids = taken.flat().map(({ id }) => id);
    assert.equal(ids.length, 40);
    assert.equal(new Set(ids).size, 40);
  });

  it('takes a message that belongs to nothing else, once while it waits', async () => {
    const message = givenMessage({ customerId: anna });
    await stores().outbox.put(message);
    await stores().outbox.put({ ...message, body: '{"n":9}' });

    assert.deepEqual(await take(), [{ ...message, attempts: 0 }]);
    await stores().outbox.put(message);
    assert.deepEqual(await take(), [], 'also while somebody has it');
    await stores().outbox.done([message.id]);
    await stores().outbox.put(message);
    assert.equal((await take()).length, 1, 'what was done may be sent again');
  });

  it('keeps a message until it is done', async () => {
    const message = await given();
    await take();
    const again = await take(later(noon, 5 * minute));
    assert.deepEqual(
      again.map(({ id }) => id),
      [message.id],
    );

    await stores().outbox.done([message.id]);

    assert.deepEqual(await take(later(noon, 60 * minute)), []);
  });

  it('gives a message again at the time that was asked for', async () => {
    const message = await given();
    await take();

    await stores().outbox.again(message.id, later(noon, 3 * second));

    assert.deepEqual(await take(later(noon, 3 * second - 1)), []);
    assert.equal((await take(later(noon, 3 * second))).length, 1);
  });

  it('lets no message of a customer overtake an earlier one that waits', async () => {
    const first = await given({ customerId: anna });
    await take();
    await stores().outbox.again(first.id, later(noon, minute));
    const next = await given({ customerId: anna, createdAt: later(noon, 1) });
    const other = await given({ customerId: boris, createdAt: later(noon, 1) });

    const meanwhile = await take(later(noon, second));
    await stores().outbox.done(meanwhile.map(({ id }) => id));
    const afterwards = await take(later(noon, minute));

    const ids = (messages: TakenMessage[]) => messages.map(({ id }) => id);
    assert.deepEqual(ids(meanwhile), [other.id]);
    assert.deepEqual(ids(afterwards), [first.id, next.id]);
  });

  it('lets messages of one customer about different things pass each other', async () => {
    const sms = await given({ customerId: anna, topic: 'sms' });
    await take();
    await stores().outbox.again(sms.id, later(noon, minute));
    const command = await given({ customerId: anna, createdAt: later(noon, 1) });

    const taken = await take(later(noon, second));

    assert.deepEqual(
      taken.map(({ id }) => id),
      [command.id],
    );
  });

  it('holds nobody up by a message that is meant for nobody', async () => {
    const lost = await given();
    await take();
    await stores().outbox.again(lost.id, later(noon, minute));
    await given({ createdAt: later(noon, 1) });

    assert.equal((await take(later(noon, second))).length, 1);
  });

  it('does nothing for a message that is not there', async () => {
    await stores().outbox.again(freshId(), noon);
    await stores().outbox.done([freshId()]);
    await stores().outbox.done([]);

    assert.deepEqual(await take(), []);
  });
});
