import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { demoInChromium, type DemoBrowser } from '../../support/demo-browser.ts';
import { waitFor } from '../../support/processes.ts';
import { givenSmtpServer } from '../../support/notice-listeners.ts';
import { signInByHand } from '../../support/journey.ts';

describe('statements in Chromium', function () {
  this.timeout(180_000);
  let demo: DemoBrowser | undefined;
  let mailServer: Awaited<ReturnType<typeof givenSmtpServer>>;
  before(async function () {
    mailServer = await givenSmtpServer();
    demo = await demoInChromium(this, {
      MAIL_HOST: '127.0.0.1',
      MAIL_PORT: String(mailServer.port),
      MAIL_SECURITY: 'none',
      MAIL_FROM: 'post@kabinet.example',
    });
  });
  after(async () => {
    await demo?.close();
    await mailServer?.close();
  });

  /** An account’s page, of somebody who is signed in. */
  const opened = async (colorScheme: 'light' | 'dark', width: number) => {
    const device = await demo!.open(colorScheme, width);
    const { page } = device;
    await signInByHand(page, demo!.place, async () => undefined);
    await page.goto(demo!.place.portalUrl);
    await page.locator('a[href^="/accounts/"]').first().click();
    await page.getByRole('heading', { name: 'Выписка', level: 2 }).waitFor();
    return device;
  };
  const kept = async (page: Page, button: string): Promise<{ name: string; bytes: Buffer }> => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).first().click(),
    ]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };

  for (const [scheme, width] of [
    ['light', 390],
    ['dark', 1280],
  ] as const) {
    it(`are kept as PDF, XLSX and CSV (${scheme}, ${String(width)} px)`, async () => {
      const { page, complaints, look } = await opened(scheme, width);
      await look('account');

      await page.getByLabel('Период').first().selectOption({ label: 'Прошлый месяц' });
      const pdf = await kept(page, 'Скачать выписку');
      assert.match(pdf.name, /^statement_.+_\d{4}-\d\d-01_\d{4}-\d\d-\d\d\.pdf$/);
      assert.equal(pdf.bytes.subarray(0, 5).toString('latin1'), '%PDF-');

      await page.getByLabel('Вид файла').selectOption('xlsx');
      const xlsx = await kept(page, 'Скачать выписку');
      assert.equal(xlsx.bytes.subarray(0, 2).toString('latin1'), 'PK');

      await page.getByLabel('Вид файла').selectOption('csv');
      const csv = await kept(page, 'Скачать выписку');
      assert.match(csv.bytes.toString('utf8'), /^\uFEFF"Выписка по лицевому счёту"\r\n/);
      await page.getByText('Файл готов').first().waitFor({ state: 'attached' });
      assert.deepEqual(complaints, []);
    });
  }

  it('are sent to the customer’s own address, which the page shows masked', async () => {
    const { page, complaints, look } = await opened('light', 390);
    await page.getByLabel('Период').first().selectOption({ label: 'Прошлый месяц' });
    await page.getByRole('button', { name: 'Прислать PDF на a•••@example.org' }).click();
    await page.getByText('Выписка придёт на a•••@example.org').waitFor();
    await look('ordered');

    await waitFor('the letter', async () => mailServer.letters.length > 0);
    const [letter] = mailServer.letters;
    assert.deepEqual(letter?.to, ['anna.petrova@example.org']);
    assert.match(letter.text, /^Content-Type: application\/pdf;\s+name="?statement_/m);
    assert.match(letter.text, /\r\nJVBERi0/);
    assert.equal(mailServer.letters.length, 1);
    assert.deepEqual(complaints, []);
  });

  it('of days in the wrong order are refused with a sentence that says what to do', async () => {
    const { page, complaints, look } = await opened('light', 390);
    await page.getByLabel('Период').first().selectOption('own');
    const days = page.locator('form input[type="date"]');
    await days.first().fill('2026-02-02');
    await days.nth(1).fill('2026-02-01');
    await page.getByRole('button', { name: 'Скачать выписку' }).click();

    await page.getByText('Первый день позже последнего.').waitFor();
    await look('refused');
    await days.first().fill('2026-02-01');
    const { name } = await kept(page, 'Скачать выписку');
    assert.match(name, /2026-02-01_2026-02-01\.pdf$/);
    assert.equal(await page.getByText('Первый день позже последнего.').count(), 0);
    assert.deepEqual(complaints, []);
  });

  it('and the list of operations leaves under the filters of the page', async () => {
    const { page, complaints } = await opened('dark', 390);
    await page.getByLabel('Вид', { exact: true }).selectOption('payment');
    await page.waitForURL(/kind=payment/);

    const { name, bytes } = await kept(page, 'Скачать CSV');

    assert.match(name, /^operations_.+\.csv$/);
    const text = bytes.toString('utf8');
    assert.match(text, /"Отбор: вид";"Оплата"/);
    const kinds = text.split('\r\n').flatMap((line) => /^\d{4}.*?;"([^"]*)"/.exec(line)?.[1] ?? []);
    assert.ok(kinds.length > 0);
    assert.deepEqual([...new Set(kinds)], ['Оплата']);
    assert.deepEqual(complaints, []);
  });
});
