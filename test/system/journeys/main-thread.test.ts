import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { ensurePackage } from '../../support/debian-package.ts';
import { skipUnless } from '../../support/skips.ts';
import { demoInChromium, type DemoBrowser } from '../../support/demo-browser.ts';
import { bringFile, receiptFile, scanReceipt } from '../../support/receipt-journey.ts';
import { payByHand, signInByHand, type DemoPlace } from '../../support/journey.ts';

describe('a customer in Chromium', function () {
  this.timeout(180_000);
  let demo: DemoBrowser | undefined;
  let place: DemoPlace;
  before(async function () {
    skipUnless(this, await ensurePackage('zbar-tools', '/usr/bin/zbarimg'));
    demo = await demoInChromium(this);
    ({ place } = demo);
  });
  after(() => demo?.close());

  const openPage = async (colorScheme: 'light' | 'dark', width: number) => {
    const device = await demo!.open(colorScheme, width);
    // The provider's page is not ours to mend.
    const look = (name: string) => (name === 'provider' ? Promise.resolve() : device.look(name));
    return { ...device, look };
  };
  const operations = (page: Page) => page.getByText('Оплата банковской картой');

  it('signs in, sees the accounts, pays, gets the receipt and signs out', async () => {
    const { page, complaints, look } = await openPage('light', 390);
    await signInByHand(page, place, look);
    await look('home');
    const paymentId = await payByHand(page, look);

    const pdf = await page.request.get(`${place.portalUrl}/api/payments/${paymentId}/receipt.pdf`);
    assert.equal(pdf.headers()['content-type'], 'application/pdf');
    const file = await receiptFile(page, paymentId);
    const link = await scanReceipt(page);
    assert.match(link, /\/verify\/[0-9A-Z]{16}#[\w-]{8}\.[\w-]{86}$/);
    await page.goto(link);
    await page.getByText('Чек подлинный, подпись верна').waitFor();
    await look('verify');
    await bringFile(page, file.replace('"value":"', '"value":"9'));
    await page.getByText('Файл изменён').waitFor();
    await page.getByText(/Отличаются: (amount|fee)/).waitFor();
    await look('verify-altered');
    await bringFile(page, file);
    await page.getByText('Файл подлинный').waitFor();
    await bringFile(page, 'not a receipt');
    await page.getByText('Это не файл с данными чека').waitFor();
    await page.goto(link.replace(/#.{8}/, '#AAAAAAAA'));
    await page.reload();
    await page.getByText('документ изменён').waitFor();
    await page.goto(`${place.portalUrl}/operations`);
    await operations(page).first().waitFor();
    await look('operations');
    await page.getByRole('button', { name: 'Выйти' }).click();
    await page.getByRole('heading', { name: 'Вход' }).waitFor();
    assert.deepEqual(complaints, []);
  });

  it('sees a payment made elsewhere slide into the open page', async () => {
    const { page, complaints, look } = await openPage('dark', 1280);
    await signInByHand(page, place, look);
    await look('home');
    const before = await operations(page).count();
    await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json', 'x-kabinet': '1' };
      const accounts = (await (await fetch('/api/accounts')).json()) as { items: { id: string }[] };
      const amount = { minor: '77700', currency: 'RUB' };
      const body = JSON.stringify({
        accountId: accounts.items[0]?.id,
        amount,
        method: 'bank-card',
      });
      const key = { 'Idempotency-Key': crypto.randomUUID() };
      const made = await fetch('/api/payments', {
        method: 'POST',
        body,
        headers: { ...headers, ...key },
      });
      document.title = ((await made.json()) as { id: string }).id;
    });
    const id = await page.title();
    await fetch(`${place.simulatorsUrl}/control/stripe/payments/${id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ outcome: 'pay' }),
    });
    await page.waitForFunction(
      (n) => document.body.innerText.split('Оплата банковской картой').length - 1 > n,
      before,
    );
    assert.deepEqual(complaints, []);
  });
});
