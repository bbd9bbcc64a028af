import assert from 'node:assert/strict';
import fc from 'fast-check';
import { guarded } from '../../../src/adapters/payment/guarded.ts';
import type {
  CreateCommand,
  Created,
  Outcome,
} from '../../../src/application/ports/payment-provider.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { hour, later, minute, second } from '../../../src/domain/time.ts';
import '../../support/fc-runs.ts';
import { idOf, noon, stoppedClock } from '../../support/given.ts';
import { lacking, ScriptedProvider } from '../../support/scripted-provider.ts';

const command: CreateCommand = {
  paymentId: idOf<PaymentId>(1),
  amount: money(50_000n, 'RUB'),
  description: 'Счёт 1',
  expiresAt: later(noon, hour),
  returnUrl: 'https://kabinet.example/payments/1',
};
const key = { paymentId: command.paymentId, ref: 'ref-1', amount: command.amount };
const silence: Outcome<Created> = { tag: 'unknown', why: 'timeout' };
const answer: Outcome<Created> = {
  tag: 'done',
  value: { ref: 'ref-1', redirect: { kind: 'get', url: 'https://alpha.example/1' } },
};
const limited = (retryAfterMs: number): Outcome<Created> => ({
  ...{ tag: 'not-attempted', why: 'the provider limits our rate', retryAfterMs },
});
const rest = 30 * second;

/** A provider behind its guard, which answers as told; `calls` are those that reached it. */
const givenGuarded = () => {
  const clock = stoppedClock();
  const of = new ScriptedProvider();
  const { provider, isAvailable } = guarded(of, clock);
  const create = (outcome: Outcome<Created> = answer) => {
    const before = of.calls.length;
    of.answers.splice(0, of.answers.length, outcome);
    return provider.create(command, 1_000).then((given) => ({
      given,
      wasMade: of.calls.length > before,
    }));
  };
  const isMade = async (outcome: Outcome<Created> = answer) => (await create(outcome)).wasMade;
  const silent = async (times: number) => {
    for (let n = 0; n < times; n += 1) assert.ok(await isMade(silence), `silence ${String(n)}`);
  };
  return { clock, of, provider, isAvailable, create, isMade, silent };
};

describe('A guarded provider', () => {
  it('is left alone after five silences in a row, for thirty seconds to the millisecond', async () => {
    const { clock, silent, create, isMade, isAvailable } = givenGuarded();
    await silent(4);
    assert.ok(isAvailable());
    await silent(1);
    assert.ok(!isAvailable());

    const refused = await create();
    clock.move(rest - 1);
    const tooEarly = await isMade();
    clock.move(1);

    assert.ok(!refused.wasMade);
    assert.equal(refused.given.tag, 'not-attempted');
    assert.ok(!tooEarly);
    assert.ok(isAvailable());
    assert.ok(await isMade());
  });

  it('counts as silent who cannot be reached, and not who declines, refuses or limits', async () => {
    const { silent, isMade, isAvailable } = givenGuarded();
    const answers: readonly Outcome<Created>[] = [
      answer,
      { tag: 'declined', reason: 'declined' },
      { tag: 'invalid', why: 'the sum is too large' },
      { tag: 'not-attempted', why: 'the provider limits our rate' },
    ];
    for (const each of answers) {
      await silent(4);
      assert.ok(await isMade(each));
    }
    await silent(4);
    const unreachable = 'no connection to the provider (ECONNREFUSED)';
    assert.ok(await isMade({ tag: 'not-attempted', why: unreachable }));
    assert.ok(!isAvailable());
  });

  it('lets one call at a time try whether it is back, and all of them once it has answered', async () => {
    const { clock, of, provider, isAvailable, silent, create } = givenGuarded();
    await silent(5);
    clock.move(rest);
    const waiting: (() => void)[] = [];
    of.meanwhile = () => new Promise<void>((resolve) => waiting.push(resolve));

    const probe = create();
    assert.ok(!isAvailable());
    assert.equal((await provider.create(command, 1_000)).tag, 'not-attempted');
    assert.equal((await provider.query?.(key))?.tag, 'not-attempted');
    waiting.pop()?.();
    assert.equal((await probe).given.tag, 'done');

    assert.ok(isAvailable());
    const both = [provider.create(command, 1_000), provider.create(command, 1_000)];
    assert.equal(waiting.length, 2);
    for (const answers of waiting) answers();
    for (const { tag } of await Promise.all(both)) assert.equal(tag, 'done');
  });

  it('lets nobody else try because an older call has ended meanwhile', async () => {
    const { clock, of, provider, silent } = givenGuarded();
    const waiting: (() => void)[] = [];
    of.meanwhile = () => new Promise<void>((resolve) => waiting.push(resolve));
    const older = provider.create(command, 1_000);
    of.meanwhile = () => Promise.resolve();
    await silent(5);
    clock.move(rest);
    of.meanwhile = () => new Promise<void>((resolve) => waiting.push(resolve));
    const probe = provider.query?.(key);
    assert.equal(waiting.length, 2);

    of.answers.unshift(silence);
    waiting.shift()?.();
    await older;
    clock.move(rest);
    assert.equal((await provider.create(command, 1_000)).tag, 'not-attempted');
    waiting.shift()?.();
    await probe;
  });

  it('rests again when the try is silent, and starts to count anew once it has answered', async () => {
    const { clock, silent, isMade, isAvailable } = givenGuarded();
    await silent(5);
    clock.move(rest);
    assert.ok(await isMade(silence));
    assert.ok(!isAvailable());

    clock.move(rest);
    assert.ok(await isMade(answer));
    await silent(4);

    assert.ok(isAvailable());
  });

  it('keeps to the wait it was asked for, but never longer than ten minutes', async () => {
    const { clock, isMade, isAvailable } = givenGuarded();
    for (const [asked, kept] of [
      [7 * second, 7 * second],
      [0, 0],
      [10 * minute, 10 * minute],
      [hour, 10 * minute],
    ] as const) {
      assert.ok(await isMade(limited(asked)));
      clock.move(Math.max(0, kept - 1));
      assert.equal(isAvailable(), kept === 0, `${String(asked)} ms`);
      clock.move(Math.min(1, kept));
      assert.ok(isAvailable(), `${String(asked)} ms`);
    }
  });

  it('is believed about notifications while it is left alone', async () => {
    const { of, provider, silent } = givenGuarded();
    await silent(5);

    const reading = provider.readNotification(of.says({ tag: 'ignored', why: 'test' }), noon);

    assert.equal(reading.tag, 'ignored');
    assert.equal(provider.answer('accepted').status, 200);
  });

  it('counts the silences of all its calls together', async () => {
    const { of, provider, silent, isMade } = givenGuarded();
    await silent(3);
    await provider.query?.(key);
    await provider.look?.('ref-1');

    assert.ok(!(await isMade()));
    assert.equal(of.questions.length, 1);
  });

  it('passes an error of our own on, and lets the next call try', async () => {
    const { clock, of, provider, silent, isMade } = givenGuarded();
    await silent(5);
    clock.move(rest);
    of.meanwhile = () => Promise.reject(new TypeError('a bug'));
    await assert.rejects(provider.create(command, 1_000), TypeError);
    of.meanwhile = () => Promise.resolve();

    assert.ok(await isMade());
  });

  it('can do what the provider can, and nothing more', () => {
    const of = new ScriptedProvider();
    const optional = [
      'query',
      'look',
      'capture',
      'cancel',
      'refund',
      'queryRefund',
      'charge',
    ] as const;
    for (const ability of optional) {
      const { provider } = guarded(lacking(of, ability), stoppedClock());
      for (const each of optional) {
        assert.equal(provider[each] !== undefined, each !== ability, `${each} without ${ability}`);
      }
      assert.equal(provider.list, undefined);
      assert.equal(provider.code, of.code);
      assert.equal(provider.cancelsOpen, true);
      assert.ok(!('namesByNumber' in provider));
    }
  });
});

describe('A guard, whatever happens', () => {
  const anyOutcome = fc.oneof(
    { weight: 4, arbitrary: fc.constant(silence) },
    { weight: 2, arbitrary: fc.constant(answer) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 20 * minute }).map(limited) },
  );
  const anyStep = fc.record({
    waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 * second })),
    outcome: anyOutcome,
  });

  it('lets thirty seconds pass after five silences, keeps to every wait, and holds back nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 60 }), async (steps) => {
        const { clock, create, isAvailable } = givenGuarded();
        const made: { readonly at: number; readonly outcome: Outcome<Created> }[] = [];
        for (const { waitMs, outcome } of steps) {
          clock.move(waitMs);
          const [last] = made.slice(-1);
          const lastFive = made.slice(-5);
          const isDown =
            lastFive.length === 5 && lastFive.every((call) => call.outcome.tag === 'unknown');
          const sinceLast = clock.now() - (last?.at ?? 0);
          const mayCall =
            !(isDown && sinceLast < rest) && sinceLast >= Math.min(askedBy(last), 10 * minute);

          assert.equal(isAvailable(), mayCall);
          assert.equal((await create(outcome)).wasMade, mayCall);
          if (mayCall) made.push({ at: clock.now(), outcome });
        }
      }),
    );
  });

  const askedBy = (call: { readonly outcome: Outcome<Created> } | undefined): number =>
    call?.outcome.tag === 'not-attempted' ? (call.outcome.retryAfterMs ?? 0) : 0;
});
