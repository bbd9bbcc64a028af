import assert from 'node:assert/strict';
import fc from 'fast-check';
import { questionTurns } from '../../../src/adapters/amqp/question-turns.ts';
import { instant } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const limits = { underWay: 3, waiting: 4, waitingPerCustomer: 2, waitMs: 300 };

/** Questions that end when the test says so, in the order in which they went. */
const given = () => {
  let now = 0;
  const ends: (() => void)[] = [];
  const asked: string[] = [];
  const told = new Map<string, number>();
  const turns = questionTurns(limits, () => instant(now));
  const tell = (word: string): unknown => told.set(word, (told.get(word) ?? 0) + 1);
  return {
    asked,
    told,
    underWay: () => ends.length,
    pass: (ms: number) => (now += ms),
    ask: (customer: string, fails = false): void => {
      const question = (): Promise<string> => {
        asked.push(customer);
        return new Promise((resolve, reject) => {
          ends.push(() => {
            if (fails) reject(new Error('the broker is away'));
            else resolve('answer');
          });
        });
      };
      void turns.take(customer, question).then(
        (answer) => tell(answer ?? 'refused'),
        () => tell('failed'),
      );
    },
    end: () => ends.shift()?.(),
  };
};
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Turns of a portal’s questions', () => {
  it('never have more under way than may be, and tell everybody exactly once', async () => {
    const step = fc.oneof(
      fc.record({ ask: fc.constantFrom('anna', 'boris', 'clara', 'dmitri'), fails: fc.boolean() }),
      fc.constant('end' as const),
      fc.integer({ min: 1, max: 400 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { ask, end, pass, told, underWay } = given();
        let asked = 0;
        for (const each of steps) {
          if (each === 'end') end();
          else if (typeof each === 'number') pass(each);
          else {
            asked += 1;
            ask(each.ask, each.fails);
          }
          await settle();
          assert.ok(underWay() <= limits.underWay);
        }
        while (underWay() > 0) {
          end();
          await settle();
        }
        const all = [...told.values()].reduce((sum, count) => sum + count, 0);
        assert.equal(all, asked);
      }),
      fcRuns,
    );
  });

  it('go to who asks once before who asks all the time', async () => {
    const { ask, asked, end } = given();
    for (let n = 0; n < 20; n += 1) ask('greedy');
    ask('boris');
    ask('clara');
    for (let n = 0; n < 6; n += 1) {
      await settle();
      end();
    }

    await settle();
    assert.deepEqual(asked.slice(3, 5).toSorted(), ['boris', 'greedy']);
    assert.ok(asked.slice(3, 6).includes('clara'));
  });

  it('are refused to who has waited too long, and go to the next', async () => {
    const { ask, asked, end, pass, told } = given();
    for (const customer of ['one', 'two', 'three', 'late']) ask(customer);
    await settle();
    pass(301);
    ask('in time');
    await settle();
    end();
    await settle();

    assert.deepEqual(asked, ['one', 'two', 'three', 'in time']);
    assert.equal(told.get('refused'), 1);
  });
});
