import assert from 'node:assert/strict';
import { byClaim } from '../../../src/application/payments/settle-payment.ts';
import { verifyReceipt } from '../../../src/application/receipts/verify-receipt.ts';
import { money } from '../../../src/domain/money.ts';
import { printedCode } from '../../../src/domain/receipt.ts';
import { refused } from '../../../src/domain/result.ts';
import { noon, openLimiter } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';
import { givenClaim } from '../../support/given-payments.ts';
import { broken } from '../../support/interleaved.ts';

describe('VerifyReceipt', () => {
  const given = async () => {
    const { wish, send, settle, stores, anna } = await givenPaying();
    const id = await wish();
    await send(id);
    await settle(id, byClaim(givenClaim(), 'live'));
    const receipt = (await stores.receipts.find(id, anna.id))!;
    return { receipts: stores.receipts, receipt };
  };

  it('shows who has the code what is printed, with the account number masked', async () => {
    const { receipts, receipt } = await given();

    const typed = printedCode(receipt.code).toLowerCase();
    const checked = await verifyReceipt(receipts, openLimiter())(typed, '192.0.2.1');

    assert.deepEqual(checked.ok && checked.value, {
      number: receipt.number,
      issuedAt: noon,
      paidAt: noon,
      amount: money(50_000n, 'RUB'),
      account: '•••••••••••••0001',
    });
  });

  it('knows no receipt by a code nobody was given, or by what is no code', async () => {
    const { receipts } = await given();
    const verify = verifyReceipt(receipts, openLimiter());

    for (const typed of ['ZZZZZZZZZZZZZZZZ', '123', '']) {
      assert.deepEqual(await verify(typed, '192.0.2.1'), refused({ reason: 'not-found' }));
    }
  });

  it('refuses who tries too many codes, also a right one', async () => {
    const { receipts, receipt } = await given();

    const verify = verifyReceipt(receipts, openLimiter('receipt-check-address'));
    const answer = await verify(receipt.code, '192.0.2.1');

    assert.deepEqual(answer, refused({ reason: 'too-many-tries', retryAfterMs: 1_000 }));
  });

  it('shows nothing while it cannot count', async () => {
    const { receipts, receipt } = await given();

    const verify = verifyReceipt(receipts, broken(openLimiter(), 'spend'));

    await assert.rejects(verify(receipt.code, '192.0.2.1'), /database is down/);
  });
});
