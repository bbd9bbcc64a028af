import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { inTurn } from '../../../src/adapters/amqp/in-turn.ts';
import { onlyOnce, patiently } from '../../../src/adapters/amqp/patience.ts';
import type { TakeVerdict, WireMessage } from '../../../src/application/ports/broker.ts';
import { Outage, TooBusy } from '../../../src/application/ports/outage.ts';

const message = { messageId: '1' } as WireMessage;
const quick = { firstMs: 1, longestMs: 4, tries: 3 };

const givenTake = (troubles: readonly Error[]) => {
  const left = [...troubles];
  const counted = { times: 0 };
  const take = (): Promise<TakeVerdict> => {
    counted.times += 1;
    const trouble = left.shift();
    return trouble === undefined ? Promise.resolve('done') : Promise.reject(trouble);
  };
  return { take, counted };
};

describe('Patience', () => {
  it('holds a message through an outage however long, and tells of it once', async () => {
    const reported: unknown[] = [];
    const outages = Array.from({ length: 20 }, () => new Outage('database away'));
    const { take } = givenTake(outages);

    const verdict = await patiently(
      take,
      () => false,
      (e) => reported.push(e),
      quick,
    )(message);

    assert.equal(verdict, 'done');
    assert.equal(reported.length, 1);
  });

  it('waits as long as one who is busy says, and tells nobody', async () => {
    const reported: unknown[] = [];
    const { take } = givenTake([new TooBusy('queue full', 3)]);

    const verdict = await patiently(
      take,
      () => false,
      (e) => reported.push(e),
      quick,
    )(message);

    assert.equal(verdict, 'done');
    assert.deepEqual(reported, []);
  });

  it('gives a message back after a few tries of what is a bug', async () => {
    const { take, counted } = givenTake(Array.from({ length: 9 }, () => new TypeError('bug')));

    const verdict = await patiently(
      take,
      () => false,
      () => undefined,
      quick,
    )(message);

    assert.equal(verdict, 'again');
    assert.equal(counted.times, 3);
  });

  it('gives a message back at once when it is stopped', async () => {
    const { take, counted } = givenTake([new Outage('away'), new Outage('away')]);

    const verdict = await patiently(
      take,
      () => true,
      () => undefined,
      quick,
    )(message);

    assert.equal(verdict, 'again');
    assert.equal(counted.times, 1);
  });

  it('gives up a message that comes once at most, and tells of it', async () => {
    const reported: unknown[] = [];
    const { take } = givenTake([new Outage('away')]);

    assert.equal(await onlyOnce(take, (error) => reported.push(error))(message), 'dead');
    assert.equal(reported.length, 1);
  });
});

describe('Turns', () => {
  it('come one after another for one key, side by side for others, also after trouble', async () => {
    const turn = inTurn();
    const log: string[] = [];
    const work = (name: string, ms: number) => async () => {
      await pause(ms);
      log.push(name);
    };

    await Promise.allSettled([
      turn('a', work('a1', 20)),
      turn('a', () => Promise.reject(new Error('a2'))),
      turn('a', work('a3', 1)),
      turn('b', work('b1', 5)),
    ]);

    assert.deepEqual(log, ['b1', 'a1', 'a3']);
  });
});
