import assert from 'node:assert/strict';
import { listDay, reconcileByLists } from '../../../src/application/reconciliation/list-day.ts';
import { reconcileYesterday } from '../../../src/application/reconciliation/reconcile-yesterday.ts';
import { reconcileDay } from '../../../src/application/reconciliation/reconcile-day.ts';
import type {
  ListPage,
  Outcome,
  PaymentProvider,
} from '../../../src/application/ports/payment-provider.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import type { RegistryLine } from '../../../src/domain/reconciliation.ts';
import { hour, minute, type CalendarDay } from '../../../src/domain/time.ts';
import { fixedRandomness, freshId, noon } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';
import { givenClaim } from '../../support/given-payments.ts';

const day = '2026-03-11' as CalendarDay;
const zone = 'Europe/Moscow';
const silent = { tag: 'unknown', why: 'timeout' } as const;
const rub = (minor: bigint) => money(minor, 'RUB');

const givenDay = async () => {
  const world = await givenPaying();
  const { payments, desk, refunds, runs } = world.stores;
  const needs = { payments, desk, refunds, runs };
  const reconcile = reconcileDay(needs, world.proofs, fixedRandomness(), world.clock);
  const paid = async () => {
    const id = await world.wish();
    await world.send(id);
    await world.take(world.proof(id, { ref: `ref-${id}` }));
    return id;
  };
  const lineOf = (id: PaymentId, facts: Partial<RegistryLine> = {}): RegistryLine => ({
    ...{ ref: `ref-${id}`, paymentId: id, gross: rub(50_000n), net: undefined },
    ...{ refunded: undefined, at: noon },
    ...facts,
  });
  const run = (...lines: RegistryLine[]) =>
    reconcile({ provider: world.provider, day, zone, source: 'registry', hash: 'h', lines });
  return { ...world, reconcile, paid, lineOf, run };
};

describe('ReconcileDay', () => {
  it('finds nothing to say of a day on which both sides agree, and keeps the run', async () => {
    const { paid, lineOf, run, stores } = await givenDay();
    const ids = [await paid(), await paid()];

    const { matched, breaks, id } = await run(...ids.map((each) => lineOf(each)));

    assert.deepEqual([matched, breaks], [2, []]);
    assert.equal((await stores.runs.find(id))?.matched, 2);
  });

  it('heals what is paid there and open here, by the provider’s own word', async () => {
    const { wish, send, lineOf, run, provider, payment, stores, anna } = await givenDay();
    const id = await wish();
    await send(id);
    provider.standings.push({ tag: 'done', value: givenClaim() });

    const { breaks } = await run(lineOf(id));

    assert.deepEqual(
      breaks.map(({ code, state }) => [code, state]),
      [['STATUS_DIFF', 'healed']],
    );
    assert.equal((await payment(id)).state, 'succeeded');
    assert.deepEqual(await stores.credited(anna.id), [50_000n]);
  });

  it('books nothing by the register alone: without the provider’s word the break stays open', async () => {
    const { wish, send, lineOf, run, provider, payment } = await givenDay();
    const id = await wish();
    await send(id);

    const silent = await run(lineOf(id));
    provider.standings.push({ tag: 'done', value: 'absent' });
    const absent = await run(lineOf(id));

    for (const { breaks } of [silent, absent]) assert.equal(breaks[0]?.state, 'open');
    assert.equal((await payment(id)).state, 'pending');
  });

  it('finds refunds made in the provider’s cabinet and takes them over', async () => {
    const { paid, lineOf, run, provider, stores } = await givenDay();
    const id = await paid();
    const claim = givenClaim({ ref: `ref-${id}`, refundedTotal: rub(700n) });
    provider.standings.push({ tag: 'done', value: claim });

    const { breaks } = await run(lineOf(id, { refunded: rub(700n) }));
    const again = await run(lineOf(id, { refunded: rub(700n) }));

    assert.deepEqual(
      breaks.map(({ code, state, theirs }) => [code, state, theirs]),
      [['REFUND_DIFF', 'healed', '2026-03-11T09:00:00.000Z, 500.00 RUB, refunded 7.00 RUB']],
    );
    assert.equal((await stores.refunds.of(id))[0]?.amount.minor, 700n);
    assert.deepEqual(again.breaks, []);
  });

  it('leaves to people what is missing on either side, or differs in sum or fee', async () => {
    const { paid, lineOf, run, wish, send, take, proof } = await givenDay();
    const missing = await paid();
    const other = await paid();
    const dear = await wish();
    await send(dear);
    await take(proof(dear, { ref: `ref-${dear}`, credited: rub(49_000n) }));
    const stranger = lineOf(freshId<PaymentId>());

    const { breaks } = await run(
      stranger,
      lineOf(other, { gross: rub(1n) }),
      lineOf(dear, { net: rub(48_000n), at: noon }),
    );

    assert.deepEqual(
      breaks.map(({ code, paymentId, state }) => [code, paymentId, state]).toSorted(),
      [
        ['AMOUNT_DIFF', other, 'open'],
        ['FEE_DIFF', dear, 'open'],
        ['MISSING_HERE', stranger.paymentId, 'open'],
        ['MISSING_THERE', missing, 'open'],
      ],
    );
    assert.match(breaks.find(({ code }) => code === 'FEE_DIFF')?.ours ?? '', /fee 10.00 RUB/);
  });

  it('pages through a long day', async () => {
    const { paid, run } = await givenDay();
    for (let n = 0; n < 501; n += 1) await paid();

    assert.equal((await run()).breaks.length, 501);
  });
});

describe('a day by the provider’s own list', () => {
  const listing = (provider: PaymentProvider, ...pages: Outcome<ListPage>[]): PaymentProvider =>
    Object.assign(Object.create(provider) as PaymentProvider, {
      list: async () => pages.shift() ?? { tag: 'unknown', why: 'timeout' },
    });

  it('is read page by page and reconciled', async () => {
    const { paid, provider, reconcile } = await givenDay();
    const [one, two] = [await paid(), await paid()];
    const item = (id: PaymentId, state: 'paid' | 'open' = 'paid') => ({
      of: { by: 'id', id } as const,
      claim: givenClaim({ state, ref: `ref-${id}` }),
    });
    const lists = listing(
      provider,
      { tag: 'done', value: { items: [item(one), item(two, 'open')], next: 'c' } },
      { tag: 'done', value: { items: [{ ...item(two), of: undefined }] } },
    );

    const done = await reconcileByLists([provider, lists], reconcile, zone)(day);

    assert.deepEqual(done, [{ provider: 'alpha', done: '2 of 2 matched, 0 open' }]);
  });

  it('is done once for the last whole day, three hours after its end, and again only without an answer', async () => {
    const { provider, reconcile, stores, clock } = await givenDay();
    const asked: number[] = [];
    const lists = listing(provider);
    const answers: Outcome<ListPage>[] = [silent];
    lists.list = async ({ from }) => {
      asked.push(from);
      return answers.shift() ?? { tag: 'done', value: { items: [] } };
    };
    const job = reconcileYesterday([provider, lists], stores.runs, reconcile, zone, clock);
    const midnight = Date.UTC(2026, 2, 10, 21);

    // Noon of the eleventh in Moscow: the tenth is over.
    assert.equal((await job())[0]?.done, 'no list: timeout');
    assert.equal((await job())[0]?.done, '0 of 0 matched, 0 open');
    assert.deepEqual(await job(), []);
    clock.move(midnight + 26 * hour + 59 * minute - clock.now());
    assert.deepEqual(await job(), []);
    clock.move(minute);
    assert.equal((await job()).length, 1);

    assert.deepEqual(asked, [midnight - 24 * hour, midnight - 24 * hour, midnight]);
  });

  it('says so when the provider does not answer, cannot list, or never ends', async () => {
    const { provider, reconcile } = await givenDay();
    const endless = listing(provider);
    endless.list = async () => ({ tag: 'done', value: { items: [], next: 'c' } });

    assert.deepEqual(await listDay(provider, day, zone), { tag: 'cannot-list' });
    assert.deepEqual(await reconcileByLists([listing(provider)], reconcile, zone)(day), [
      { provider: 'alpha', done: 'no list: timeout' },
    ]);
    const declined = listing(provider, { tag: 'declined', reason: 'declined' });
    assert.deepEqual(await listDay(declined, day, zone), { tag: 'unanswered', why: 'declined' });
    assert.equal((await listDay(endless, day, zone)).tag, 'unanswered');
  });
});
