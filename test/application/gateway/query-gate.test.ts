import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  operationBudgets,
  type Release,
} from '../../../src/application/gateway/operation-budgets.ts';
import { type Asked, queryGate, type Turn } from '../../../src/application/gateway/query-gate.ts';
import type { CustomerId } from '../../../src/domain/ids.ts';
import type { Curb } from '../../../src/domain/protection/curb.ts';
import type { Grant } from '../../../src/domain/protection/grant.ts';
import { keyedRates } from '../../../src/domain/protection/keyed-rates.ts';
import { type Instant, instant } from '../../../src/domain/time.ts';
import { wideGrant } from '../../support/any-grant.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const start = instant(1e9);
const at = (ms: number): Instant => instant(start + ms);

const asked = (customer: string, more: Partial<Asked> = {}): Asked => ({
  operation: 'a',
  lane: 'hi',
  customer: customer as CustomerId,
  subnet: undefined,
  expiresAt: at(3_000),
  ...more,
});

const givenGate = (more: Partial<Grant> = {}, curb?: Curb) => {
  const held = { curb };
  const budgets = operationBudgets([wideGrant(more)], () => held.curb);
  const gate = queryGate(budgets, keyedRates(instant(0)));
  const turns: { customer: string; turn: Turn }[] = [];
  const enter = (one: Asked, now = start): void => {
    gate.enter(one, now, (turn) => turns.push({ customer: one.customer, turn }));
    gate.serve(now);
  };
  const inside = () => turns.flatMap(({ customer, turn }) => ('release' in turn ? customer : []));
  const waits = () =>
    turns.flatMap(({ turn }) => ('retryAfterMs' in turn ? turn.retryAfterMs : []));
  const release = (n: number, ended: Parameters<Release>[0] = 'answered', now = start): void => {
    const turn = turns.filter((one) => 'release' in one.turn)[n]?.turn;
    if (turn !== undefined && 'release' in turn) turn.release(ended, now);
    gate.serve(now);
  };
  return { budgets, gate, enter, inside, waits, release, held };
};

describe('The gate', () => {
  it('answers everybody once, lets in no more than granted, and leaves nobody waiting for a free place', () => {
    const anyStep = fc.oneof(
      fc.record({
        kind: fc.constant('enter' as const),
        customer: fc.constantFrom('anna', 'boris', 'clara'),
        leftMs: fc.integer({ min: 0, max: 3_000 }),
      }),
      fc.record({ kind: fc.constant('release' as const), n: fc.nat(10), busy: fc.boolean() }),
      fc.record({ kind: fc.constant('later' as const), ms: fc.nat(400) }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(anyStep, { maxLength: 80 }),
        (concurrency, steps) => {
          const rate = { perSecond: 50, burst: 5 };
          const budgets = operationBudgets([wideGrant({ concurrency, rate })]);
          const gate = queryGate(budgets, keyedRates(instant(0)));
          const held: Release[] = [];
          let [now, came, answered] = [start as number, 0, 0];
          for (const step of steps) {
            if (step.kind === 'later') now += step.ms;
            if (step.kind === 'release') {
              held.splice(step.n, 1)[0]?.(step.busy ? 'overloaded' : 'answered', instant(now));
            }
            if (step.kind === 'enter') {
              came += 1;
              const expiresAt = instant(now + step.leftMs);
              gate.enter(asked(step.customer, { expiresAt }), instant(now), (turn) => {
                answered += 1;
                if ('release' in turn) held.push(turn.release);
                else assert.ok(turn.retryAfterMs > 0);
              });
            }
            const againMs = gate.serve(instant(now));
            const state = budgets.state('a', instant(now));
            assert.ok(state !== undefined && held.length <= concurrency);
            assert.equal(state.underWay, held.length);
            assert.equal(answered + gate.waiting('a'), came);
            const mayGoOn = state.underWay < state.places && againMs === undefined;
            if (mayGoOn) assert.equal(gate.waiting('a'), 0);
          }
          for (let n = 0; n < 1_000 && gate.waiting('a') > 0; n += 1) {
            now += 100;
            held.splice(0).forEach((release) => {
              release('answered', instant(now));
            });
            gate.serve(instant(now));
          }
          assert.equal(answered, came);
        },
      ),
      fcRuns,
    );
  });

  it('lets a waiting one in when a place gets free, customers in turn', () => {
    const { enter, inside, release } = givenGate({ concurrency: 1 });
    for (const customer of ['anna', 'anna', 'anna', 'boris']) enter(asked(customer));

    assert.deepEqual(inside(), ['anna']);
    release(0);
    release(1);
    release(2);

    assert.deepEqual(inside(), ['anna', 'anna', 'boris', 'anna']);
  });

  it('says when to come back where the rate is what is missing', () => {
    const { gate, enter, inside } = givenGate({ rate: { perSecond: 10, burst: 1 } });
    enter(asked('anna'));
    enter(asked('boris'));

    assert.equal(gate.serve(start), 100);
    assert.equal(gate.serve(at(99)), 1);
    gate.serve(at(100));
    assert.deepEqual(inside(), ['anna', 'boris']);
    assert.equal(gate.serve(at(100)), undefined);
  });

  it('holds no longer a queue than the rate works off in 0.3 s', () => {
    const { gate, enter, waits } = givenGate({
      concurrency: 1,
      rate: { perSecond: 10, burst: 10 },
    });
    for (let n = 0; n < 6; n += 1) enter(asked(`customer ${String(n)}`));

    assert.equal(gate.waiting('a'), 3);
    assert.deepEqual(waits(), [300, 300]);
    assert.equal(gate.refusalMs(asked('another'), start), 300);
    assert.equal(givenGate().gate.refusalMs(asked('another'), start), undefined);
  });

  it('sends a waiting one of a greedy customer away for one who has less', () => {
    const { enter, waits, inside, release } = givenGate({
      concurrency: 1,
      rate: { perSecond: 10, burst: 10 },
    });
    for (const customer of ['x', 'greedy', 'greedy', 'greedy', 'anna']) enter(asked(customer));

    assert.deepEqual(waits(), [300]);
    release(0);
    release(1);
    assert.deepEqual(inside(), ['x', 'greedy', 'anna']);
  });

  it('keeps a customer to the customer’s own rate', () => {
    const { enter, inside, waits, gate } = givenGate({ customer: { perSecond: 2, burst: 2 } });
    for (let n = 0; n < 3; n += 1) enter(asked('anna'));
    enter(asked('boris'));

    assert.deepEqual(inside(), ['anna', 'anna', 'boris']);
    assert.deepEqual(waits(), [500]);
    assert.equal(gate.refusalMs(asked('anna'), start), 500);
  });

  it('keeps a whole network to the network’s rate, when it is known', () => {
    const { enter, inside, waits } = givenGate();
    const subnet = '192.0.2.0/24';
    for (let n = 0; n < 101; n += 1) enter(asked(`customer ${String(n)}`, { subnet }));

    assert.equal(inside().length, 100);
    assert.deepEqual(waits(), [50]);
  });

  it('lets nobody in whose answer would come too late, at once or after waiting', () => {
    const { enter, inside, waits, release } = givenGate({ concurrency: 1 });
    enter(asked('late', { expiresAt: at(299) }));
    enter(asked('anna'));
    enter(asked('boris', { expiresAt: at(1_000) }));
    release(0, 'unknown', at(701));

    assert.deepEqual(inside(), ['anna']);
    assert.deepEqual(waits(), [100, 100]);
  });

  it('asks an inside again that was very slow once', () => {
    const { enter, inside, release } = givenGate({ concurrency: 1 });
    for (let n = 0; n < 40; n += 1) {
      enter(asked('anna'), at(n * 5_000));
      release(n, 'answered', at(n * 5_000 + 4_900));
    }
    enter(asked('boris', { expiresAt: at(303_000) }), at(300_000));

    assert.equal(inside().at(-1), 'boris');
  });

  it('shuts with the grant: at once, and for those who wait', () => {
    const { budgets, enter, waits, release, gate } = givenGate({ concurrency: 1 });
    enter(asked('anna'));
    enter(asked('boris'));
    budgets.grant(wideGrant({ concurrency: 1, seq: 2, mode: 'closed' }));
    release(0);
    enter(asked('clara'));

    assert.deepEqual(waits(), [5_000, 5_000]);
    assert.equal(gate.refusalMs(asked('clara'), start), 5_000);
    assert.equal(gate.waiting('unheard of'), 0);
    enter(asked('anna', { operation: 'unheard of' }));
    assert.deepEqual(waits().length, 3);
  });

  it('sheds what may wait first when it is told to throttle', () => {
    const { enter, inside } = givenGate({ mode: 'throttle' });
    enter(asked('anna', { lane: 'lo' }));
    enter(asked('boris'));

    assert.deepEqual(inside(), ['boris']);
  });
});

describe('The gate under a curb', () => {
  const curb = (because: Curb['because'], share: number): Curb => ({
    because,
    share,
    since: start,
    until: at(900_000),
    evidence: '',
  });

  it('sheds the lane lo, also who waits in line already, and lets hi go on', () => {
    const { enter, inside, waits, release, held } = givenGate({ concurrency: 1 });
    enter(asked('anna'));
    enter(asked('boris', { lane: 'lo' }));
    held.curb = curb('flash-crowd', 1);
    enter(asked('clara', { lane: 'lo' }));
    enter(asked('dora'));

    assert.deepEqual(waits(), [5_000, 5_000]);
    release(0);
    assert.deepEqual(inside(), ['anna', 'dora']);
  });

  it('has half the places for hi under a flood, and all again when it is over', () => {
    const { enter, inside, held, gate } = givenGate({ concurrency: 4 }, curb('flood', 0.5));
    for (const customer of ['anna', 'boris', 'clara', 'dora']) enter(asked(customer));

    assert.deepEqual(inside(), ['anna', 'boris']);
    held.curb = undefined;
    gate.serve(start);
    assert.deepEqual(inside(), ['anna', 'boris', 'clara', 'dora']);
  });
});
