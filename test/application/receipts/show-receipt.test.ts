import assert from 'node:assert/strict';
import { byClaim } from '../../../src/application/payments/settle-payment.ts';
import type { PaymentId, RefundId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { printedCode } from '../../../src/domain/receipt.ts';
import { refused } from '../../../src/domain/result.ts';
import { freshId, givenCustomer, noon } from '../../support/given.ts';
import { fiscalQrOf } from '../../../src/domain/fiscal/fiscal-facts.ts';
import { givenFiscal } from '../../support/given-fiscal.ts';
import { card } from '../../support/given-paying.ts';
import { givenClaim } from '../../support/given-payments.ts';
import { company, givenReceipts, writer } from '../../support/given-receipts.ts';

const notFound = refused({ reason: 'not-found' });

describe('ShowReceipt', () => {
  it('shows everything a payer may have to prove', async () => {
    const { paid, show, anna, account, stores } = await givenReceipts();
    const instrument = { label: '•••• 4477', rrn: '603668680243' };
    const id = await paid({ ref: 'ref-7', instrument });
    const receipt = (await stores.receipts.find(id, anna.id))!;

    const shown = await show(id, anna);
    assert.ok(shown.ok);

    const { document, sealedUrl, ...view } = shown.value;
    assert.deepEqual(view, {
      kind: 'payment',
      status: 'paid',
      number: receipt.number,
      code: printedCode(receipt.code),
      verifyUrl: `https://kabinet.example/verify/${receipt.code}`,
      issuedAt: noon,
      paidAt: noon,
      company,
      payer: { name: anna.name, contract: anna.contract },
      accountNumber: account.number,
      purpose: {
        ru: `Оплата по договору ${anna.contract}, лицевой счёт ${account.number}`,
        en: `Payment under contract ${anna.contract}, account ${account.number}`,
      },
      amount: money(50_000n, 'RUB'),
      amountInWords: writer.inWords(),
      fee: money(0n, 'RUB'),
      total: money(50_000n, 'RUB'),
      fiscal: undefined,
      refunds: [],
      method: card.title,
      instrument: { label: '•••• 4477', rrn: '603668680243' },
      provider: 'alpha',
      providerPaymentId: 'ref-7',
      paymentId: id,
    });
    const signed = JSON.parse(document) as { key: { kid: string }; signature: string };
    assert.equal(sealedUrl, `${view.verifyUrl}#${signed.key.kid}.${signed.signature}`);
  });

  it('shows a method that is no longer offered by its code', async () => {
    const { paid, show, anna } = await givenReceipts([]);

    const shown = await show(await paid(), anna);

    assert.deepEqual(shown.ok && shown.value.method, { ru: 'card', en: 'card' });
  });

  it('shows no number of the provider where nobody told one', async () => {
    const world = await givenReceipts();
    const id = await world.wish();
    world.provider.answers.push({ tag: 'unknown', why: 'timeout' });
    await world.send(id);
    await world.settle(id, byClaim(givenClaim({ ref: undefined }), 'live'));

    const shown = await world.show(id, world.anna);

    assert.equal(shown.ok && shown.value.providerPaymentId, '');
  });

  it('shows none for a payment that is not there, or is another customer’s', async () => {
    const { paid, show, anna } = await givenReceipts();
    const id = await paid();

    assert.deepEqual(await show(freshId<PaymentId>(), anna), notFound);
    assert.deepEqual(await show(id, givenCustomer()), notFound);
  });

  it('shows what was paid back since, and not what came back', async () => {
    const { paid, back, show, anna, stores } = await givenReceipts();
    const id = await paid();
    const first = await back(id, 10_000n);
    const lost = await back(id, 5_000n);
    await back(id, 5_000n, { id: lost, state: 'failed' });

    const part = await show(id, anna);

    const number = (await stores.receipts.findRefund(first, anna.id))?.number;
    assert.ok(part.ok);
    assert.equal(part.value.status, 'partly-refunded');
    assert.deepEqual(part.value.refunds, [
      { refundId: first, number, at: noon, amount: money(10_000n, 'RUB') },
    ]);
    await back(id, 40_000n);
    const whole = await show(id, anna);
    assert.equal(whole.ok && whole.value.status, 'refunded');
    assert.equal(whole.ok && whole.value.document, part.value.document);
  });
});

describe('the fiscal block of a receipt', () => {
  it('is that of the same money, once the register has made it', async () => {
    const { paid, back, show, showRefund, anna, stores } = await givenReceipts();
    const id = await paid();
    const refund = await back(id, 10_000n);
    const { fiscals } = stores;
    const fiscalOf = async () => {
      const [ofPayment, ofRefund] = [await show(id, anna), await showRefund(refund, anna)];
      assert.ok(ofPayment.ok && ofRefund.ok);
      return [ofPayment.value.fiscal, ofRefund.value.fiscal];
    };
    await fiscals.gather(noon, noon, 10);
    assert.deepEqual(await fiscalOf(), [undefined, undefined], 'the register was not asked yet');
    const data = givenFiscal();
    await fiscals.end(id, { tag: 'registered', data }, noon);
    await fiscals.end(refund, { tag: 'refused', why: 'no paper' }, noon);

    const [ofPayment, ofRefund] = await fiscalOf();

    assert.equal(ofRefund, undefined);
    assert.equal(ofPayment?.heading.ru, 'Фискальные данные');
    assert.equal(ofPayment.qr, fiscalQrOf(data));
    assert.ok(ofPayment.lines.en.some(({ value }) => value === data.drive));
  });
});

describe('ShowRefundReceipt', () => {
  it('proves that money was paid back, under the next number of the contract', async () => {
    const { paid, back, show, showRefund, anna, account } = await givenReceipts();
    const id = await paid();
    const refund = await back(id, 10_000n);
    const original = await show(id, anna);

    const shown = await showRefund(refund, anna);

    assert.ok(shown.ok && original.ok);
    const { kind, status, number, purpose, amount, total, fee, refunds } = shown.value;
    assert.deepEqual(
      { kind, status, fee, refunds },
      {
        kind: 'refund',
        status: 'paid-back',
        fee: undefined,
        refunds: [],
      },
    );
    assert.equal(number, original.value.number.replace(/0001$/, '0002'));
    assert.deepEqual([amount, total], [money(10_000n, 'RUB'), money(10_000n, 'RUB')]);
    assert.equal(
      purpose.en,
      `Refund of receipt ${original.value.number}, contract ${anna.contract}, account ${account.number}`,
    );
    assert.match(purpose.ru, /Возврат по квитанции R-/);
    assert.equal(shown.value.providerPaymentId, 're-1');
  });

  it('says so when the money came back', async () => {
    const { paid, back, showRefund, anna } = await givenReceipts();
    const id = await paid();
    const refund = await back(id, 10_000n);
    await back(id, 10_000n, { id: refund, state: 'failed' });

    const shown = await showRefund(refund, anna);

    assert.equal(shown.ok && shown.value.status, 'came-back');
  });

  it('shows none for a refund that is not there, is not paid back, or is another customer’s', async () => {
    const { paid, back, showRefund, anna } = await givenReceipts();
    const id = await paid();
    const refund = await back(id, 10_000n);
    const waiting = await back(id, 10_000n, { state: 'pending' });

    assert.deepEqual(await showRefund(freshId<RefundId>(), anna), notFound);
    assert.deepEqual(await showRefund(waiting, anna), notFound);
    assert.deepEqual(await showRefund(refund, givenCustomer()), notFound);
  });
});
