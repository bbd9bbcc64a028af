import assert from 'node:assert/strict';
import { showReceipt } from '../../../src/application/receipts/show-receipt.ts';
import type { Company } from '../../../src/application/ports/receipt-printer.ts';
import { byClaim } from '../../../src/application/payments/settle-payment.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import type { PaymentMethod } from '../../../src/domain/payment-limits.ts';
import { printedCode } from '../../../src/domain/receipt.ts';
import { refused } from '../../../src/domain/result.ts';
import { freshId, givenCustomer, noon } from '../../support/given.ts';
import { card, givenPaying } from '../../support/given-paying.ts';
import { givenClaim } from '../../support/given-payments.ts';

const company: Company = {
  name: 'Связь',
  legalName: 'ООО «Связь»',
  taxNumber: '7700000000',
  address: 'Москва',
  support: '8 800 000-00-00',
  timeZone: 'Europe/Moscow',
};
const writer = { inWords: () => ({ ru: 'пятьсот рублей', en: 'five hundred roubles' }) };

describe('ShowReceipt', () => {
  const given = async (methods: readonly PaymentMethod[] = [card], ref?: string) => {
    const world = await givenPaying();
    const id = await world.wish();
    await world.send(id);
    await world.settle(id, byClaim(givenClaim({ ref }), 'live'));
    const { receipts } = world.stores;
    const show = showReceipt(receipts, methods, company, writer, 'https://kabinet.example');
    return { ...world, id, show };
  };

  it('shows everything a payer may have to prove', async () => {
    const { id, show, anna, account, stores } = await given([card], 'ref-7');
    const receipt = (await stores.receipts.find(id, anna.id))!;

    const shown = await show(id, anna);

    assert.deepEqual(shown.ok && shown.value, {
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
      method: card.title,
      provider: 'alpha',
      providerPaymentId: 'ref-7',
      paymentId: id,
    });
  });

  it('shows a method that is no longer offered by its code', async () => {
    const { id, show, anna } = await given([]);

    const shown = await show(id, anna);

    assert.deepEqual(shown.ok && shown.value.method, { ru: 'card', en: 'card' });
  });

  it('shows the provider’s number of the payment where it has one', async () => {
    const { id, show, anna } = await given();

    const shown = await show(id, anna);

    assert.equal(shown.ok && shown.value.providerPaymentId, `ref-${id}`);
  });

  it('shows none for a payment that is not there, or is another customer’s', async () => {
    const { id, show, anna } = await given();
    const notFound = refused({ reason: 'not-found' });

    assert.deepEqual(await show(freshId<PaymentId>(), anna), notFound);
    assert.deepEqual(await show(id, givenCustomer()), notFound);
  });

  it('shows no number of the provider where nobody told one', async () => {
    const world = await givenPaying();
    const id = await world.wish();
    world.provider.answers.push({ tag: 'unknown', why: 'timeout' });
    await world.send(id);
    await world.settle(id, byClaim(givenClaim({ ref: undefined }), 'live'));

    const show = showReceipt(world.stores.receipts, [card], company, writer, '');
    const shown = await show(id, world.anna);

    assert.equal(shown.ok && shown.value.providerPaymentId, '');
  });
});
