import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ensureChromium, launchChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { axeViolations, payByHand, signInByHand, type DemoPlace } from '../support/journey.ts';
import { startProgram, type KabinetProcess } from '../support/kabinet-process.ts';
import { skipUnless } from '../support/skips.ts';

describe('a customer in Chromium', function () {
  this.timeout(180_000);
  const data = mkdtempSync(join(tmpdir(), 'kabinet-thread-'));
  let kabinet: KabinetProcess | undefined;
  let browser: Browser | undefined;
  let place: DemoPlace;

  before(async function () {
    skipUnless(this, await ensureChromium());
    const [port, simulators, metrics] = await Promise.all([freePort(), freePort(), freePort()]);
    place = {
      portalUrl: `http://localhost:${String(port)}`,
      simulatorsUrl: `http://localhost:${String(simulators)}`,
    };
    kabinet = await startProgram('start', {
      KABINET_DATA: data,
      PORT: String(port),
      SIMULATORS_PORT: String(simulators),
      METRICS_PORT: String(metrics),
    });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await kabinet?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  const openPage = async (colorScheme: 'light' | 'dark', width: number) => {
    const viewport = { width, height: 900 };
    const context = await browser!.newContext({ locale: 'ru-RU', colorScheme, viewport });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML/i.test(message.text()))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    const look = async (name: string): Promise<void> => {
      if (name === 'provider') return;
      const found = await axeViolations(page);
      complaints.push(...found.map((one) => `${name}: ${one}`));
    };
    return { page, complaints, look };
  };
  const operations = (page: Page) => page.getByText('Оплата банковской картой');

  it('signs in, sees the accounts, pays, gets the receipt and signs out', async () => {
    const { page, complaints, look } = await openPage('light', 390);
    await signInByHand(page, place, look);
    await look('home');
    const paymentId = await payByHand(page, look);

    const pdf = await page.request.get(`${place.portalUrl}/api/payments/${paymentId}/receipt.pdf`);
    assert.equal(pdf.headers()['content-type'], 'application/pdf');
    const href = await page.locator('a[href^="/verify/"]').getAttribute('href');
    await page.goto(new URL(href ?? '', place.portalUrl).href);
    await page.getByText('Чек подлинный').waitFor();
    await look('verify');
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
