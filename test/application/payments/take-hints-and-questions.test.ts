import assert from 'node:assert/strict';
import { money, type Money } from '../../../src/domain/money.ts';
import type { Claim } from '../../../src/domain/payment-claim.ts';
import { hour } from '../../../src/domain/time.ts';
import { freshId } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';
import { givenClaim } from '../../support/given-payments.ts';
import { lacking } from '../../support/scripted-provider.ts';

const givenPending = async (seen: Parameters<typeof givenPaying>[0] = {}) => {
  const world = await givenPaying(seen);
  const id = await world.wish();
  await world.send(id);
  const hint = (eventKey = 'payment.succeeded:x', ref = `ref-${id}`) =>
    world.provider.says({ tag: 'hint', eventKey, ref });
  const sees = (facts: Partial<Claim>, isNamed = true) =>
    world.provider.looks.push({
      tag: 'done',
      value: { of: isNamed ? { by: 'id', id } : undefined, claim: givenClaim(facts) },
    });
  return { ...world, id, hint, sees };
};

describe('A hint', () => {
  it('is followed to the provider, whose word settles', async () => {
    const { take, hint, sees, payment, id, stores, anna } = await givenPending();
    sees({ state: 'paid' });

    const { result, response } = await take(hint());

    assert.deepEqual([result, response.status], ['moved', 200]);
    assert.equal((await payment(id)).state, 'succeeded');
    assert.deepEqual(await stores.credited(anna.id), [50_000n]);
  });

  it('finds the payment by the provider’s own name where the provider does not tell ours', async () => {
    const { take, hint, sees, payment, id } = await givenPending();
    sees({ state: 'paid' }, false);

    await take(hint());

    assert.equal((await payment(id)).state, 'succeeded');
  });

  it('that is forged changes nothing, and does not use up the key of the true one after it', async () => {
    const { take, hint, sees, payment, id } = await givenPending();
    sees({ state: 'open' });
    sees({ state: 'paid' });

    const forged = await take(hint());
    const meanwhile = (await payment(id)).state;
    const honest = await take(hint());

    assert.deepEqual([forged.result, meanwhile], ['same', 'pending']);
    assert.equal(honest.result, 'moved');
    assert.equal((await payment(id)).state, 'succeeded');
  });

  it('counts once although its body may differ', async () => {
    const { take, hint, sees, stores, anna } = await givenPending();
    sees({ state: 'paid' });
    sees({ state: 'paid' });

    const results = [await take(hint()), await take(hint())];

    assert.deepEqual(
      results.map(({ result }) => result),
      ['moved', 'duplicate'],
    );
    assert.deepEqual(await stores.credited(anna.id), [50_000n]);
  });

  it('is asked for again while the provider does not answer', async () => {
    const { take, hint } = await givenPending();
    const cannot = await givenPending({ provider: (one) => lacking(one, 'look') });

    const answers = [await take(hint()), await cannot.take(cannot.hint())];

    for (const { result, response } of answers) {
      assert.deepEqual([result, response.status], ['hint-unanswered', 503]);
    }
  });

  it('to what is not there is a forgery: counted, and not asked for again', async () => {
    const { take, hint, provider } = await givenPending();
    provider.looks.push({ tag: 'done', value: 'absent' });

    const { result, response } = await take(hint());

    assert.deepEqual([result, response.status], ['hint-forged', 200]);
  });

  it('to a payment that is none of ours is put aside for people', async () => {
    const { take, provider, stores } = await givenPending();
    for (const of of [
      undefined,
      { by: 'id', id: freshId() },
      { by: 'number', number: 7 },
    ] as const) {
      provider.looks.push({ tag: 'done', value: { of, claim: givenClaim() } });
      const raw = provider.says({
        tag: 'hint',
        eventKey: JSON.stringify(of) ?? '-',
        ref: 'theirs',
      });
      assert.equal((await take(raw)).result, 'parked');
    }

    assert.equal((await stores.desk.odd(10)).length, 3);
  });
});

describe('A question before the payment', () => {
  const ask = async (
    world: Awaited<ReturnType<typeof givenPending>>,
    amount: Money | undefined,
    id: string = world.id,
  ) => world.take(world.provider.says({ tag: 'question', of: { by: 'id', id }, amount }));
  const rub = money(50_000n, 'RUB');

  it('is answered with yes for an open payment and the very sum, and changes nothing', async () => {
    const world = await givenPending();
    const before = await world.payment(world.id);

    const { result, response } = await ask(world, rub);

    assert.deepEqual([result, response.status], ['question-yes', 200]);
    assert.deepEqual(await world.payment(world.id), before);
  });

  it('is answered with no for another sum, an unknown payment, one that is paid or out of time', async () => {
    const world = await givenPending();
    const paid = await givenPending();
    await paid.take(paid.proof(paid.id));
    const late = await givenPending();
    late.clock.move(hour);

    const answers = [
      await ask(world, money(49_999n, 'RUB')),
      await ask(world, undefined),
      await ask(world, rub, freshId()),
      await ask(paid, rub),
      await ask(late, rub),
    ];

    for (const { result, response } of answers) {
      assert.deepEqual([result, response.status], ['question-no', 409]);
    }
  });

  it('without any name is answered with yes: the proof decides', async () => {
    const { take, provider } = await givenPending();

    const { result } = await take(
      provider.says({ tag: 'question', of: undefined, amount: undefined }),
    );

    assert.equal(result, 'question-yes');
  });
});

describe('The page of a waiting payment', () => {
  it('has the provider asked, at most every ten seconds, and only about its own customer’s payment', async () => {
    const { id, lookAt, anna, provider, clock } = await givenPending();

    clock.move(9_999);
    await lookAt(id, anna.id);
    clock.move(1);
    await lookAt(id, freshId());
    await lookAt(id, anna.id);
    await lookAt(id, anna.id);

    assert.equal(provider.questions.length, 1);
  });

  it('settles what the notification has not told yet; the notification then changes nothing', async () => {
    const { id, lookAt, anna, provider, clock, payment, take, proof } = await givenPending();
    provider.standings.push({ tag: 'done', value: givenClaim() });
    clock.move(10_000);

    await lookAt(id, anna.id);

    assert.equal((await payment(id)).state, 'succeeded');
    assert.equal((await take(proof(id))).result, 'same');
  });
});

describe('A provider that cannot be asked', () => {
  it('has its payments closed by our own clock, still open to a late proof', async () => {
    const world = await givenPaying({ provider: (one) => lacking(one, 'query') });
    const { wish, send, look, clock, payment, take, proof } = world;
    const id = await wish();
    await send(id);

    clock.move(hour);
    await look(10);
    const closed = (await payment(id)).state;
    await take(proof(id));

    assert.equal(closed, 'expired');
    const paid = await payment(id);
    assert.equal(paid.state === 'succeeded' && paid.late, true);
  });

  it('has a second payment under the name of a paid one put before people, and credited once', async () => {
    const world = await givenPaying({ provider: (one) => lacking(one, 'query') });
    const { wish, send, take, proof, stores, anna } = world;
    const id = await wish();
    await send(id);

    await take(proof(id, { ref: 'operation-1' }));
    const { result } = await take(proof(id, { ref: 'operation-2' }));

    assert.equal(result, 'conflict');
    assert.deepEqual(await stores.credited(anna.id), [50_000n]);
    assert.match((await stores.desk.odd(10))[0]?.why ?? '', /a second payment/);
  });
});
