import assert from 'node:assert/strict';
import { newReceiptKey } from '../../src/adapters/system/receipt-signer.ts';
import { secrets } from '../support/given.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the store of receipt keys', (stores) => {
  const open = ({ kid, kty, crv, x }: ReturnType<typeof newReceiptKey>) => ({ kid, kty, crv, x });

  it('has none at first', async () => {
    assert.equal(await stores().receiptKeys.atWork(), undefined);
    assert.deepEqual(await stores().receiptKeys.all(), []);
  });

  it('puts one key to work, however many begin at once', async () => {
    const keys = Array.from({ length: 8 }, () => newReceiptKey(secrets));

    const answers = await Promise.all(keys.map((key) => stores().receiptKeys.begin(key)));

    assert.equal(new Set(answers.map(({ kid }) => kid)).size, 1);
    assert.deepEqual(await stores().receiptKeys.atWork(), answers[0]);
    assert.equal((await stores().receiptKeys.all()).length, 1);
  });

  it('forgets no key, and keeps no private part of a retired one', async () => {
    const [first, second, third] = [0, 1, 2].map(() => newReceiptKey(secrets));
    await stores().receiptKeys.begin(first!);
    await stores().receiptKeys.replace(second!);
    await stores().receiptKeys.replace(third!);

    assert.deepEqual(await stores().receiptKeys.atWork(), third);
    assert.deepEqual(await stores().receiptKeys.all(), [third!, second!, first!].map(open));
    assert.deepEqual(await stores().receiptKeys.begin(first!), third);
  });
});
