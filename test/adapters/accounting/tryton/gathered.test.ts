import assert from 'node:assert/strict';
import { gathered } from '../../../../src/adapters/accounting/tryton/gathered.ts';
import { TrytonRefusal } from '../../../../src/adapters/accounting/tryton/tryton-talk.ts';

describe('Work that is gathered', () => {
  const recorded = (refuses: (items: readonly number[]) => Error | undefined = () => undefined) => {
    const calls: (readonly number[])[] = [];
    let underWay = 0;
    const double = gathered(async (items: readonly number[]) => {
      calls.push(items);
      underWay += 1;
      assert.equal(underWay, 1, 'two calls at a time');
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      const error = refuses(items);
      if (error !== undefined) throw error;
      return items.map((item) => item * 2);
    });
    return { calls, double };
  };

  it('goes at once when nothing is under way, and together while something is', async () => {
    const { calls, double } = recorded();

    const answers = await Promise.all([1, 2, 3].map(double));

    assert.deepEqual(answers, [2, 4, 6]);
    assert.deepEqual(calls, [[1], [2, 3]]);
  });

  it('goes by the hundred', async () => {
    const { calls, double } = recorded();

    await Promise.all(Array.from({ length: 202 }, (_, n) => double(n)));

    assert.deepEqual(
      calls.map(({ length }) => length),
      [1, 100, 100, 1],
    );
  });

  it('is refused for its own sake only', async () => {
    const { double } = recorded((items) =>
      items.includes(3) ? new TrytonRefusal('no three') : undefined,
    );

    const answers = await Promise.allSettled([1, 2, 3, 4].map(double));

    assert.deepEqual(
      answers.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    );
  });

  it('fails for all of a call whose answer did not come, and goes on with the next', async () => {
    const { calls, double } = recorded(() => (calls.length === 2 ? new Error('lost') : undefined));

    const answers = await Promise.allSettled([1, 2, 3].map(double));
    assert.deepEqual(
      answers.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected'],
    );
    assert.equal(await double(5), 10);
  });
});
