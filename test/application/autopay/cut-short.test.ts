import assert from 'node:assert/strict';
import { day, minute, second } from '../../../src/domain/time.ts';
import { charged, givenAutoPay, toNotice } from '../../support/given-autopay.ts';

describe('RunDueAutoPays, cut short,', () => {
  it('makes one payment of one round, however often it was cut short while it was recorded', async () => {
    const world = await givenAutoPay();
    await world.agreed();
    await toNotice(world);
    const { payments } = world.stores;
    const add = payments.add.bind(payments);
    let cuts = 0;
    payments.add = async (...given) => {
      cuts += 1;
      if (cuts === 1) throw new Error('cut short');
      const added = await add(...given);
      if (cuts === 2) throw new Error('cut short');
      return added;
    };
    world.clock.move(2 * day);
    await assert.rejects(world.run(), /cut short/);
    world.clock.move(minute);
    await assert.rejects(world.run(), /cut short/);
    world.clock.move(minute);
    await world.run();
    const all = await payments.list(world.anna.id, 10, undefined);
    assert.equal(all.filter(({ savedMethod }) => savedMethod !== undefined).length, 1);
  });

  it('does not say that nothing was taken by a payment it made, whatever was switched off since', async () => {
    const world = await givenAutoPay();
    await world.agreed();
    await toNotice(world);
    await world.texts();
    const { payments } = world.stores;
    const add = payments.add.bind(payments);
    payments.add = async (...given) => {
      await add(...given);
      throw new Error('cut short');
    };
    world.clock.move(2 * day);
    await assert.rejects(world.run(), /cut short/);
    world.provider.charges.push(charged(50_000n));
    world.clock.move(10 * second);
    await world.sendDue(10);
    world.provider.charge = undefined as never;
    await world.stores.savedMethods.forget(world.savedMethod.id, world.anna.id);
    world.clock.move(minute);
    await world.run();

    assert.equal((await world.autopay())?.last?.end, 'paid');
    assert.match((await world.texts()).join(), /оплачено/);
  });

  it('ends a charge that was cut short before it was recorded, where its method is gone', async () => {
    const world = await givenAutoPay();
    await world.agreed();
    await toNotice(world);
    world.stores.payments.add = async () => {
      throw new Error('cut short');
    };
    world.clock.move(2 * day);
    await assert.rejects(world.run(), /cut short/);
    await world.stores.savedMethods.forget(world.savedMethod.id, world.anna.id);
    world.clock.move(minute);
    await world.run();
    const { last } = (await world.autopay())!;
    assert.deepEqual([last?.end, last?.payment], ['declined', undefined]);
  });

  it('goes on after an outage where it stopped', async () => {
    const world = await givenAutoPay();
    await world.agreed();
    const find = world.stores.accounts.find.bind(world.stores.accounts);
    let isBroken = true;
    world.stores.accounts.find = async (...of) => {
      if (isBroken) throw new Error('no database');
      return find(...of);
    };
    const { stage } = (await world.autopay())!;
    world.clock.move(stage.chargeAt - 2 * day - world.clock.now());
    await assert.rejects(world.run(), /no database/);
    isBroken = false;
    world.clock.move(minute);
    await world.run();
    assert.equal((await world.autopay())?.stage.tag, 'announced');
  });
});
