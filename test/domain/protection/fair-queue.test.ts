import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type FairQueue,
  fairQueue,
  type Waiting,
} from '../../../src/domain/protection/fair-queue.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const one = (customer: string, item: number, cost = 1): Waiting<number> => ({
  item,
  customer,
  cost,
});
const drain = (queue: FairQueue<number>): Waiting<number>[] => {
  const order: Waiting<number>[] = [];
  for (let next = queue.next(); next !== undefined; next = queue.next()) order.push(next);
  return order;
};

describe('The fair queue', () => {
  it('loses nobody: whoever came is waiting, was served or was sent away, once', () => {
    const anyStep = fc.oneof(
      fc.record({ customer: fc.constantFrom('a', 'b', 'c', 'd'), cost: fc.constantFrom(1, 3) }),
      fc.constant('next' as const),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(anyStep, { maxLength: 80 }),
        (most, steps) => {
          const queue = fairQueue<number>(4);
          const out: number[] = [];
          let came = 0;
          for (const step of steps) {
            if (step === 'next') {
              const first = queue.first();
              const next = queue.next();
              assert.equal(next, first);
              if (next !== undefined) out.push(next.item);
              continue;
            }
            const would = queue.wouldTurnAway(step.customer, most);
            const left = queue.offer(one(step.customer, came, step.cost), most);
            assert.equal(left?.item === came, would);
            if (left !== undefined) out.push(left.item);
            came += 1;
            assert.ok(queue.length <= most);
          }
          out.push(...drain(queue).map(({ item }) => item));
          assert.deepEqual(
            out.toSorted((a, b) => a - b),
            Array.from({ length: came }, (_, n) => n),
          );
        },
      ),
      fcRuns,
    );
  });

  it('keeps one customer’s own order, and of it at most so many', () => {
    const queue = fairQueue<number>(4);
    const left = [0, 1, 2, 3, 4].map((item) => queue.offer(one('a', item), 100)?.item);

    assert.deepEqual(left, [undefined, undefined, undefined, undefined, 4]);
    assert.deepEqual(
      drain(queue).map(({ item }) => item),
      [0, 1, 2, 3],
    );
  });

  it('serves customers in turn, however much one of them asks', () => {
    const queue = fairQueue<number>(4);
    for (const item of [0, 1, 2, 3]) queue.offer(one('greedy', item), 100);
    queue.offer(one('anna', 10), 100);
    queue.offer(one('boris', 20), 100);

    assert.deepEqual(
      drain(queue).map(({ item }) => item),
      [0, 10, 20, 1, 2, 3],
    );
  });

  it('sends away who has most, when it is full, and takes in who has less', () => {
    const queue = fairQueue<number>(4);
    for (const item of [0, 1, 2]) queue.offer(one('greedy', item), 3);

    assert.equal(queue.offer(one('anna', 10), 3)?.item, 2);
    assert.equal(queue.offer(one('greedy', 3), 3)?.item, 3);
    assert.deepEqual(
      drain(queue).map(({ item }) => item),
      [0, 10, 1],
    );
  });

  it('remembers what a customer took, while somebody waits', () => {
    const queue = fairQueue<number>(4);
    queue.offer(one('greedy', 0, 5), 10);
    queue.offer(one('boris', 20), 10);
    queue.offer(one('boris', 21), 10);
    queue.next();
    queue.offer(one('greedy', 1), 10);
    queue.offer(one('anna', 10), 10);

    assert.deepEqual(
      drain(queue).map(({ item }) => item),
      [20, 10, 21, 1],
    );
    queue.offer(one('greedy', 2), 10);
    queue.offer(one('anna', 11), 10);
    assert.equal(queue.next()?.item, 2, 'nobody waited: the debt is forgotten');
  });

  it('gives whoever asks for less than a fair share all of it, against any number that ask for more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 2, max: 8 }),
        (greedy, every) => {
          const queue = fairQueue<number>(4);
          const most = 20;
          let [askedByAnna, servedToAnna] = [0, 0];
          for (let tick = 0; tick < 600; tick += 1) {
            for (let g = 0; g < greedy; g += 1) queue.offer(one(`greedy ${String(g)}`, tick), most);
            // Once each of them was served, it is known what they took.
            if (tick > greedy && tick % (every * (greedy + 1)) === 0) {
              askedByAnna += 1;
              const left = queue.offer(one('anna', tick), most);
              assert.notEqual(left?.customer, 'anna');
            }
            if (queue.next()?.customer === 'anna') servedToAnna += 1;
          }
          const waiting = drain(queue).filter(({ customer }) => customer === 'anna').length;
          assert.equal(servedToAnna + waiting, askedByAnna);
          assert.ok(waiting <= 1);
        },
      ),
      { ...fcRuns, numRuns: 100 },
    );
  });

  it('remembers only so many, so that a long crush of strangers does not fill the memory', () => {
    const queue = fairQueue<number>(4);
    queue.offer(one('first', 0, 3), 50);
    for (let n = 0; n < 30_000; n += 1) {
      queue.offer(one(`stranger ${String(n)}`, n), 50);
      queue.next();
    }

    assert.equal(queue.length, 1);
    assert.equal(queue.remembered, 10_000);
  });
});
