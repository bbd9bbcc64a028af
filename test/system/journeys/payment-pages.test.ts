import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { demoInChromium, type DemoBrowser } from '../../support/demo-browser.ts';
import { pickMethod, signInByHand } from '../../support/journey.ts';

describe('a payment’s pages in Chromium', function () {
  this.timeout(180_000);
  let demo: DemoBrowser | undefined;
  before(async function () {
    demo = await demoInChromium(this);
  });
  after(() => demo?.close());

  const opened = async (colorScheme: 'light' | 'dark', width: number) => {
    const device = await demo!.open(colorScheme, width);
    await signInByHand(device.page, demo!.place, async () => undefined);
    return device;
  };
  /** The sum, up to the ways to pay it. */
  const nameSum = async (page: Page, sum: string): Promise<void> => {
    await page.goto(`${demo!.place.portalUrl}/pay`);
    await page.getByLabel('Сколько').fill(sum);
    await page.getByRole('button', { name: 'Продолжить' }).click();
    await page.getByRole('radiogroup').waitFor();
  };
  /** From the sum to the button that says it. */
  const choose = async (page: Page, sum: string, method: string): Promise<void> => {
    await nameSum(page, sum);
    await take(page, method);
  };
  const take = async (page: Page, method: string): Promise<void> => {
    await pickMethod(page, method);
    await page.getByRole('button', { name: 'Продолжить' }).click();
    await page.getByRole('button', { name: /^Оплатить .*₽/ }).waitFor();
  };
  const leave = (page: Page): Promise<void> =>
    page.getByRole('button', { name: /^Оплатить .*₽/ }).click();
  const heading = (page: Page, name: string): Promise<void> =>
    page.getByRole('heading', { name, level: 1 }).waitFor();

  it('survive going back, a reload, a closed tab, and are the same on a second device', async () => {
    const { page, complaints, look, context } = await opened('light', 390);
    await choose(page, '150', 'Банковская карта');
    await leave(page);
    await page.waitForURL(/\/stripe\/pay\//);
    await page.goBack();
    await heading(page, 'Ждём оплаты');
    await page.getByText('Подтверждения оплаты пока нет').first().waitFor();
    await look('pending');
    await page.reload();
    await heading(page, 'Ждём оплаты');
    const address = page.url();

    const second = await opened('dark', 1280);
    await second.page.goto(address);
    await heading(second.page, 'Ждём оплаты');
    await second.look('pending on a second device');

    await page.getByRole('button', { name: 'Перейти к оплате' }).click();
    await page.waitForURL(/\/stripe\/pay\//);
    await page.locator('button[value="visa"]').click();
    await page.close();
    await heading(second.page, 'Оплачено');
    await second.page.getByText('Деньги получены.', { exact: true }).waitFor();
    const again = await context.newPage();
    await again.goto(address);
    await heading(again, 'Оплачено');
    assert.deepEqual([...complaints, ...second.complaints], []);
  });

  it('lead to a form of another site under the strict policy, and back', async () => {
    const { page, complaints, look } = await opened('dark', 390);
    await choose(page, '500', 'WebMoney (WMZ)');
    await page.getByText(/\$/).first().waitFor();
    await look('check in another currency');
    await leave(page);
    await page.locator('button[value="sms"]').click();
    await page.waitForURL(/\/payments\/[0-9a-f-]{36}/);
    await heading(page, 'Оплачено');
    await page.getByText('500,00').first().waitFor();
    await look('paid in another currency');
    assert.deepEqual(complaints, []);
  });

  it('say that nothing was taken when the payer’s money did not do, and try again with the same sum', async () => {
    const { page, complaints, look } = await opened('light', 1280);
    await choose(page, '321', 'Кошелёк ЮMoney');
    await leave(page);
    await page.locator('button[value="insufficient-funds"]').click();
    await page.waitForURL(/\/payments\/[0-9a-f-]{36}/);
    await heading(page, 'Оплата не прошла');
    await page.getByText('Деньги не списаны').first().waitFor();
    await look('declined');
    await page.getByRole('link', { name: 'Попробовать ещё раз' }).click();
    assert.equal(await page.getByLabel('Сколько').inputValue(), '321,00');
    assert.deepEqual(complaints, []);
  });

  it('take a payment back that nobody has paid', async () => {
    const { page, complaints, look } = await opened('dark', 1280);
    await choose(page, '200', 'Банковская карта');
    await leave(page);
    await page.waitForURL(/\/stripe\/pay\//);
    await page.goBack();
    await page.getByRole('button', { name: 'Отменить платёж' }).click();
    await heading(page, 'Платёж отменён');
    await look('canceled');
    assert.deepEqual(complaints, []);
  });

  it('promise nothing while a payment system is silent, and close its methods when it stays so', async () => {
    const { page, complaints, look } = await opened('light', 390);
    const levers = `${demo!.place.simulatorsUrl}/control/yookassa/next`;
    const headers = { 'content-type': 'application/json' };
    const silence = { call: 'create', fault: '500-before-effect', times: 100, delayMs: 0 };
    await fetch(levers, { method: 'POST', headers, body: JSON.stringify(silence) });
    try {
      await choose(page, '77', 'SberPay');
      await leave(page);
      await page.getByText('Деньги не списаны.', { exact: true }).waitFor();
      await look('no answer yet');
      for (let n = 0; n < 8; n += 1) {
        await nameSum(page, String(78 + n));
        if (await page.getByText('Сейчас недоступен').first().isVisible()) break;
        await take(page, 'SberPay');
        await leave(page);
        await page.waitForTimeout(500);
      }
      await page.getByText('Сейчас недоступен').first().waitFor();
      await look('a silent payment system');
    } finally {
      await fetch(levers, { method: 'DELETE' });
    }
    assert.deepEqual(complaints, []);
  });
});
