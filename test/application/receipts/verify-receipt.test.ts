import assert from 'node:assert/strict';
import fc from 'fast-check';
import { verifyReceipt } from '../../../src/application/receipts/verify-receipt.ts';
import { money } from '../../../src/domain/money.ts';
import { printedCode } from '../../../src/domain/receipt.ts';
import { refused } from '../../../src/domain/result.ts';
import { noon, openLimiter } from '../../support/given.ts';
import { givenReceipts } from '../../support/given-receipts.ts';
import { broken } from '../../support/interleaved.ts';

const address = '192.0.2.1';

describe('VerifyReceipt', () => {
  const given = async (limiter = openLimiter()) => {
    const world = await givenReceipts();
    const id = await world.paid();
    const { receipts, refunds } = world.stores;
    const receipt = (await receipts.find(id, world.anna.id))!;
    const verify = verifyReceipt(receipts, refunds, world.signer, limiter);
    return { ...world, id, receipt, code: receipt.code, verify };
  };

  it('shows who has the code what is printed, with the account number masked', async () => {
    const { verify, receipt, code } = await given();

    const checked = await verify({ code: printedCode(code).toLowerCase() }, address);

    assert.deepEqual(checked.ok && checked.value, {
      kind: 'payment',
      status: 'paid',
      number: receipt.number,
      issuedAt: noon,
      paidAt: noon,
      amount: money(50_000n, 'RUB'),
      total: money(50_000n, 'RUB'),
      account: '•••••••••••••0001',
      refunds: [],
      seal: 'absent',
    });
  });

  it('tells how it stands today: what was paid back, and that of a refund’s receipt', async () => {
    const { verify, back, id, code, stores, anna } = await given();
    const refund = await back(id, 20_000n);
    const refundCode = (await stores.receipts.findRefund(refund, anna.id))!.code;

    const original = await verify({ code }, address);
    const ofRefund = await verify({ code: refundCode }, address);

    assert.ok(original.ok && ofRefund.ok);
    assert.equal(original.value.status, 'partly-refunded');
    assert.deepEqual(original.value.refunds, [{ at: noon, amount: money(20_000n, 'RUB') }]);
    assert.equal(ofRefund.value.status, 'paid-back');
    assert.deepEqual(ofRefund.value.refunds, []);
    assert.deepEqual(ofRefund.value.total, money(20_000n, 'RUB'));
  });

  it('believes the signature of the printed code, and no other', async () => {
    const { verify, show, id, anna, code } = await given();
    const early = await verify({ code, seal: 'abcdefgh.AAAA' }, address);
    assert.equal(early.ok && early.value.seal, 'altered', 'nobody was shown this receipt yet');
    const shown = await show(id, anna);
    const seal = (shown.ok && shown.value.sealedUrl.split('#')[1]) || '';

    const good = await verify({ code, seal }, address);

    assert.equal(good.ok && good.value.seal, 'valid');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(seal.length - 1),
        fc.constantFrom('A', 'z', '-', ''),
        async (at, by) => {
          fc.pre(seal[at] !== by);
          const changed = seal.slice(0, at) + by + seal.slice(at + 1);
          const answer = await verify({ code, seal: changed }, address);
          assert.equal(answer.ok && answer.value.seal, 'altered');
        },
      ),
    );
  });

  it('does not believe what our own store says against the key', async () => {
    const { stores, signer, receipt, code, seal } = await given();
    const kept = (await seal(receipt)).seal;
    const forged = { ...kept, content: kept.content.replace('500.00', '900.00') };
    const lying = Object.assign(Object.create(stores.receipts) as typeof stores.receipts, {
      sealOf: async () => forged,
      findByCode: async () => receipt,
    });
    const verify = verifyReceipt(lying, stores.refunds, signer, openLimiter());

    const answer = await verify({ code, seal: `${kept.kid}.${kept.signature}` }, address);

    assert.equal(answer.ok && answer.value.seal, 'altered');
  });

  it('knows no receipt by a code nobody was given, or by what is no code', async () => {
    const { verify } = await given();

    for (const typed of ['ZZZZZZZZZZZZZZZZ', '123', '']) {
      assert.deepEqual(await verify({ code: typed }, address), refused({ reason: 'not-found' }));
    }
  });

  it('refuses who tries too many codes, also a right one', async () => {
    const { verify, code } = await given(openLimiter('receipt-check-address'));

    const answer = await verify({ code }, address);

    assert.deepEqual(answer, refused({ reason: 'too-many-tries', retryAfterMs: 1_000 }));
  });

  it('shows nothing while it cannot count', async () => {
    const { verify, code } = await given(broken(openLimiter(), 'spend'));

    await assert.rejects(verify({ code }, address), /database is down/);
  });
});
