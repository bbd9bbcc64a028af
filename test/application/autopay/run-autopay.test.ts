import assert from 'node:assert/strict';
import { money } from '../../../src/domain/money.ts';
import { refused } from '../../../src/domain/result.ts';
import { day, minute } from '../../../src/domain/time.ts';
import { charged, givenAutoPay, savable, toCharge, toNotice } from '../../support/given-autopay.ts';

const rub = (minor: bigint) => money(minor, 'RUB');
const space = '\u00A0';
describe('RunDueAutoPays', () => {
  it('tells two days before, charges the debt about noon, and tells what was paid', async () => {
    const world = await givenAutoPay();
    const { provider, stores, anna, autopay, texts, account } = world;
    await world.agreed();

    assert.equal(await world.run(), 0);
    await toNotice(world);
    assert.equal((await autopay())?.stage.tag, 'announced');
    assert.deepEqual(await texts(), [
      `Автоплатёж: 20 марта спишем 500,00${space}₽, л/с …0001. Отключить: kabinet.example/autopay`,
    ]);
    provider.charges.push(charged(50_000n));
    await toCharge(world);

    assert.deepEqual(
      provider.charged.map(({ token, amount }) => [token, amount]),
      [['pm_1', rub(50_000n)]],
    );
    assert.deepEqual(await stores.credited(anna.id), [1_000n, 50_000n]);
    assert.deepEqual(await texts(), [
      `Автоплатёж: оплачено 500,00${space}₽, л/с …0001. Чек: kabinet.example`,
    ]);
    const { stage, last } = (await autopay())!;
    assert.equal(new Date(stage.chargeAt).toISOString(), '2026-04-20T09:00:00.000Z');
    assert.equal(last?.end, 'paid');
    const payment = await stores.payments.find(last.payment!, anna.id);
    assert.equal(payment?.savedMethod, world.savedMethod.id);
    assert.equal(payment.accountId, account.id);
  });

  it('charges less than was announced where a part was paid meanwhile, and nothing where all of it was', async () => {
    const world = await givenAutoPay();
    await world.agreed();
    await toNotice(world);
    await world.owes(rub(12_345n));
    world.provider.charges.push(charged(12_345n));
    await toCharge(world);
    assert.deepEqual(
      world.provider.charged.map(({ amount }) => amount),
      [rub(12_345n)],
    );

    await world.owes(rub(30_000n));
    await toNotice(world);
    await world.owes(rub(0n));
    await world.texts();
    await toCharge(world);
    assert.equal(world.provider.charged.length, 1);
    assert.equal((await world.autopay())?.last?.end, 'nothing-due');
    assert.deepEqual(await world.texts(), []);
  });

  it('leaves a month alone in which nothing is due, without a word', async () => {
    const world = await givenAutoPay();
    await world.agreed();
    await world.owes(rub(0n));
    await toNotice(world);
    assert.equal((await world.autopay())?.stage.tag, 'waiting');
    assert.deepEqual(await world.texts(), []);
  });

  it('takes nothing above the limit, its fee counted, and says so', async () => {
    const world = await givenAutoPay({ ...savable, fee: { basisPoints: 100 } });
    await world.agreed();
    await world.owes(rub(59_500n));
    await toNotice(world);
    assert.equal((await world.autopay())?.last?.end, 'over-limit');
    assert.deepEqual(await world.texts(), [
      `К оплате 595,00${space}₽, л/с …0001: больше предела 600,00${space}₽, ` +
        'автоплатежа не будет. Оплатите: kabinet.example/pay',
    ]);
    world.clock.move(10 * day);
    await world.run();
    assert.equal(world.provider.charged.length, 0);
  });

  it('says that a declined charge took nothing, and tries again the next month', async () => {
    const world = await givenAutoPay();
    await world.agreed();
    await toNotice(world);
    await world.texts();
    world.provider.charges.push({ tag: 'declined', reason: 'insufficient_funds' });
    await toCharge(world);
    assert.deepEqual(await world.texts(), [
      `Автоплатёж 500,00${space}₽, л/с …0001, не прошёл, деньги не списаны. Оплатите: kabinet.example/pay`,
    ]);
    await toNotice(world);
    assert.equal((await world.autopay())?.stage.tag, 'announced');
  });

  it('waits for a charge nobody knows the end of, and charges once', async () => {
    const world = await givenAutoPay();
    await world.agreed();
    await toNotice(world);
    world.provider.charges.push({ tag: 'unknown', why: 'timeout' });
    await toCharge(world);
    const { stage } = (await world.autopay())!;
    assert.ok(stage.tag === 'charging');
    for (let n = 0; n < 3; n += 1) {
      world.clock.move(minute);
      await world.run();
    }
    assert.equal((await world.autopay())?.stage.tag, 'charging');
    await world.take(world.proof(stage.payment, { amount: rub(50_000n) }));
    world.clock.move(minute);
    await world.run();
    assert.equal((await world.autopay())?.last?.end, 'paid');
    assert.deepEqual(await world.stores.credited(world.anna.id), [1_000n, 50_000n]);
  });

  it('does nothing for an account that is not known, and nothing for a payment that is not', async () => {
    const world = await givenAutoPay();
    await world.agreed();
    world.stores.accounts.find = async () => undefined;
    const { stage } = (await world.autopay())!;
    world.clock.move(stage.chargeAt - world.clock.now());
    await world.run();
    assert.equal((await world.autopay())?.stage.tag, 'waiting');
  });

  it('ends as declined where the remembered method is gone or cannot be charged any more', async () => {
    const gone = await givenAutoPay();
    await gone.agreed();
    await gone.stores.savedMethods.forget(gone.savedMethod.id, gone.anna.id);
    await toNotice(gone);
    assert.equal((await gone.autopay())?.last?.end, 'declined');

    const closed = await givenAutoPay();
    await closed.agreed();
    await toNotice(closed);
    closed.provider.charge = undefined as never;
    await toCharge(closed);
    assert.equal((await closed.autopay())?.last?.end, 'declined');
    assert.equal(closed.provider.charged.length, 0);
  });

  it('charges nobody who has turned it off since the notice', async () => {
    const world = await givenAutoPay();
    await world.agreed();
    await toNotice(world);
    assert.ok((await world.stop(world.account.id, world.anna.id)).ok);
    await toCharge(world);
    assert.equal(world.provider.charged.length, 0);
    assert.deepEqual(
      await world.stop(world.account.id, world.anna.id),
      refused({ reason: 'not-found' }),
    );
  });

  it('does not charge one that is turned off in the middle of its step', async () => {
    const world = await givenAutoPay();
    await world.agreed();
    await toNotice(world);
    const find = world.stores.savedMethods.find.bind(world.stores.savedMethods);
    world.stores.savedMethods.find = async (...of) => {
      await world.stop(world.account.id, world.anna.id);
      return find(...of);
    };
    await toCharge(world);
    assert.equal(world.provider.charged.length, 0);
  });

  it('writes in the customer’s language', async () => {
    const world = await givenAutoPay();
    const english = { ...world.anna, locale: 'en' } as const;
    await world.stores.customers.put(english, 2);
    await world.agreed();
    await toNotice(world);
    world.provider.charges.push({ tag: 'declined', reason: 'insufficient_funds' });
    await toCharge(world);
    await world.owes(rub(90_000n));
    await toNotice(world);
    await world.owes(rub(20_000n));
    await toNotice(world);
    world.provider.charges.push(charged(20_000n));
    await toCharge(world);
    assert.deepEqual(await world.texts(), [
      `Auto-pay: on 20 March we take RUB${space}500.00, account …0001. Turn off: kabinet.example/autopay`,
      `Auto-pay of RUB${space}500.00, account …0001, failed, nothing was taken. Pay: kabinet.example/pay`,
      `Due RUB${space}900.00, account …0001: above your limit RUB${space}600.00, no auto-pay. Pay: kabinet.example/pay`,
      `Auto-pay: on 20 May we take RUB${space}200.00, account …0001. Turn off: kabinet.example/autopay`,
      `Auto-pay: paid RUB${space}200.00, account …0001. Receipt: kabinet.example`,
    ]);
  });
});
