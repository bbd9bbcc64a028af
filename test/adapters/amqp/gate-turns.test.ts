import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { type Admission, gateTurns } from '../../../src/adapters/amqp/gate-turns.ts';
import { operationBudgets } from '../../../src/application/gateway/operation-budgets.ts';
import { type Asked, queryGate } from '../../../src/application/gateway/query-gate.ts';
import type { CustomerId } from '../../../src/domain/ids.ts';
import { keyedRates } from '../../../src/domain/protection/keyed-rates.ts';
import { instant } from '../../../src/domain/time.ts';
import { wideGrant } from '../../support/any-grant.ts';

const now = () => instant(Date.now());
const asked = (customer: string): Asked => ({
  operation: 'a',
  lane: 'hi',
  customer: customer as CustomerId,
  subnet: undefined,
  expiresAt: instant(Date.now() + 3_000),
});

/** One place inside and a line of one behind it. */
const given = () => {
  const narrow = wideGrant({
    concurrency: 1,
    rate: { perSecond: 3, burst: 1_000 },
    expiresAt: instant(Date.now() + 60_000),
  });
  const budgets = operationBudgets([narrow]);
  const turns = gateTurns(queryGate(budgets, keyedRates(instant(0))), now);
  const inside: string[] = [];
  const admissions: Admission[] = [];
  const ask = (customer: string): Promise<void> =>
    turns.whenThereIsRoom('a', async () => {
      inside.push(customer);
      void turns.enter(asked(customer)).then((admission) => admissions.push(admission));
      await Promise.resolve();
    });
  const giveBack = (): void => {
    const admission = admissions.shift();
    if (admission !== undefined && 'giveBack' in admission) admission.giveBack('answered');
  };
  return { budgets, narrow, turns, inside, ask, giveBack };
};

/** Those who come in the same moment all find the room that is there; these come when the others have gone in. */
const oneAfterAnother = async (
  ask: (customer: string) => Promise<void>,
  ...customers: readonly string[]
): Promise<readonly Promise<void>[]> => {
  const all: Promise<void>[] = [];
  for (const customer of customers) {
    all.push(ask(customer));
    await pause(2);
  }
  return all;
};

describe('The turns at the gate', () => {
  it('look at no query for which there is no room, and at each in its turn when there is', async () => {
    const { turns, inside, ask, giveBack } = given();
    const all = await oneAfterAnother(ask, 'anna', 'boris', 'clara', 'dora');
    await pause(20);
    assert.deepEqual(inside, ['anna', 'boris']);

    giveBack();
    await pause(20);
    assert.deepEqual(inside, ['anna', 'boris', 'clara']);
    giveBack();
    await Promise.all(all);

    assert.deepEqual(inside, ['anna', 'boris', 'clara', 'dora']);
    turns.stop();
  });

  it('hear of a wider grant by themselves', async () => {
    const { budgets, narrow, turns, inside, ask } = given();
    const all = await oneAfterAnother(ask, 'anna', 'boris', 'clara');
    await pause(20);
    budgets.grant({ ...narrow, seq: 2, concurrency: 5, rate: { perSecond: 500, burst: 1_000 } });
    await Promise.all(all);

    assert.equal(inside.length, 3);
    turns.stop();
  });

  it('hold nobody once they are stopped', async () => {
    const { turns, inside, ask } = given();
    const all = await oneAfterAnother(ask, 'anna', 'boris', 'clara', 'dora');
    await pause(5);
    turns.stop();
    await Promise.all(all);

    assert.equal(inside.length, 4);
  });

  it('let the next one try when one came to nothing', async () => {
    const { turns, inside, ask, giveBack } = given();
    const first = await oneAfterAnother(ask, 'anna', 'boris');
    const lost = assert.rejects(
      turns.whenThereIsRoom('a', () => Promise.reject(new Error('unreadable'))),
    );
    const last = ask('clara');
    await Promise.all(first);
    giveBack();
    await lost;
    await last;

    assert.deepEqual(inside, ['anna', 'boris', 'clara']);
    turns.stop();
  });
});
