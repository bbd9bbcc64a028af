import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { givenQiwi, secretKey } from './qiwi-shop.test.ts';
import type { QiwiShop } from './qiwi-shop.test.ts';

interface OfficialQiwi {
  checkNotificationSignature(signature: string, notification: unknown, secret: string): boolean;
}
// The official package has no types and calls one address only: of it, the check of signatures is used.
const Official = createRequire(import.meta.url)('@qiwi/bill-payments-node-js-sdk') as new (
  secret: string,
) => OfficialQiwi;

describe('the simulated QIWI, judged by the official package', () => {
  const official = new Official(secretKey);
  let shop: QiwiShop;
  beforeEach(async () => {
    shop = await givenQiwi();
  });
  afterEach(() => shop.close());

  const told = () => {
    const { headers, body } = shop.notices.at(-1)!;
    const signature = String(headers['x-api-signature-sha256']);
    return { signature, notification: JSON.parse(body.toString()) as { bill: { billId: string } } };
  };

  it('signs what it tells of a payment', async () => {
    await shop.bill();
    await shop.order({ outcome: 'pay' });
    const { signature, notification } = told();
    assert.equal(official.checkNotificationSignature(signature, notification, secretKey), true);
    notification.bill.billId += 'x';
    assert.equal(official.checkNotificationSignature(signature, notification, secretKey), false);
  });

  it('signs no forgery', async () => {
    await shop.bill();
    for (const forge of ['signature', 'secret', 'unsigned']) {
      await shop.order({ outcome: 'pay', forge });
      const { signature, notification } = told();
      const isGood = official.checkNotificationSignature(signature, notification, secretKey);
      assert.equal(isGood, false, forge);
    }
  });
});
