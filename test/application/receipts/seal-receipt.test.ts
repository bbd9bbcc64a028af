import assert from 'node:assert/strict';
import { newReceiptKey } from '../../../src/adapters/system/receipt-signer.ts';
import { presentReceipt } from '../../../src/application/receipts/present-receipt.ts';
import { sealReceipt } from '../../../src/application/receipts/seal-receipt.ts';
import { secrets } from '../../support/given.ts';
import { company, givenReceipts, writer } from '../../support/given-receipts.ts';

describe('SealReceipt', () => {
  it('signs once: another key or another company name later change nothing', async () => {
    const world = await givenReceipts();
    const receipt = (await world.stores.receipts.find(await world.paid(), world.anna.id))!;
    const first = await world.seal(receipt);
    await world.keyStore.replace(newReceiptKey(secrets));
    const renamed = { ...company, legalName: 'ООО «Другая связь»' };

    const again = await sealReceipt(
      world.stores.receipts,
      world.signer,
      renamed,
      'https://kabinet.example',
    )(receipt);

    assert.deepEqual(again, first);
    assert.equal((await world.signer.keys()).length, 2);
    assert.equal(await world.signer.check(again.seal), 'valid');
  });

  it('keeps one seal when two portals show a receipt at once', async () => {
    const world = await givenReceipts();
    const receipt = (await world.stores.receipts.find(await world.paid(), world.anna.id))!;
    const seals = await Promise.all([
      world.seal(receipt),
      world.seal(receipt),
      world.seal(receipt),
    ]);

    assert.equal(new Set(seals.map(({ document }) => document)).size, 1);
  });

  it('names nobody in what is signed, and shows the account masked', async () => {
    const { stores, paid, anna, account, seal } = await givenReceipts();
    const { document } = await seal((await stores.receipts.find(await paid(), anna.id))!);

    assert.ok(!document.includes(anna.name));
    assert.ok(!document.includes(account.number));
    const { keys } = JSON.parse(document) as { keys: string };
    assert.equal(keys, 'https://kabinet.example/.well-known/receipt-keys.json');
  });

  it('is a bug without the key that signed', async () => {
    const world = await givenReceipts();
    const receipt = (await world.stores.receipts.find(await world.paid(), world.anna.id))!;
    await world.seal(receipt);
    const forgetful = { ...world.signer, keys: async () => [] };
    const { receipts } = world.stores;
    const seal = sealReceipt(receipts, forgetful, company, '');

    await assert.rejects(seal(receipt), /key that is gone/);
    const mute = { ...world.signer, canonical: () => undefined };
    await assert.rejects(sealReceipt(receipts, mute, company, '')(receipt), /no text/);
  });

  it('names the payment of a refund whose receipt is not there', async () => {
    const world = await givenReceipts();
    const id = await world.paid();
    const refund = await world.back(id, 100n);
    const { receipts, refunds } = world.stores;
    const receipt = (await receipts.findRefund(refund, world.anna.id))!;
    const blind = Object.assign(Object.create(receipts) as typeof receipts, {
      find: async () => undefined,
    });
    const wording = { methods: [], company, writer, portalUrl: '' };

    const view = await presentReceipt(
      blind,
      world.stores.fiscals,
      world.seal,
      wording,
    )(receipt, world.anna, await refunds.of(id));

    assert.match(view.purpose.ru, new RegExp(id));
  });
});
