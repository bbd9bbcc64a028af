import type { Page } from 'playwright-core';
import { pickMethod, type Look } from './journey.ts';

/** Pays by a YooMoney wallet that is to be remembered, on the page of the payment system. In Russian. */
export async function payAndRemember(page: Page, portalUrl: string, look: Look): Promise<void> {
  await page.goto(`${portalUrl}/pay`);
  await page.getByLabel('Сколько').fill('100');
  await page.getByRole('button', { name: 'Продолжить' }).click();
  await page.getByText('Кошелёк ЮMoney').click();
  await look('methods');
  await page.getByRole('button', { name: 'Продолжить' }).click();
  await page.getByText('Запомнить').click();
  await look('check-remember');
  await page.getByRole('button', { name: /^Оплатить .*₽/ }).click();
  await page.locator('button[value="wallet"]').click();
  await page.waitForURL(/\/payments\/[0-9a-f-]{36}/);
  await isPaid(page);
}

/** Turns auto-pay of the first account on: no more than 600 roubles, on the 10th. */
export async function turnAutoPayOn(page: Page, portalUrl: string, look: Look): Promise<void> {
  await page.goto(`${portalUrl}/autopay`);
  await page.getByRole('heading', { name: 'Сохранённые способы оплаты' }).waitFor();
  await look('autopay-off');
  await page
    .getByRole('button', { name: /Включить автоплатёж/ })
    .first()
    .click();
  await page.getByLabel('Не больше за раз').fill('600');
  const words = page.getByText(/Я разрешаю компании/);
  await words.waitFor();
  await look('autopay-form');
  await words.click();
  await page.getByRole('button', { name: 'Включить автоплатёж', exact: true }).click();
  await page.getByText(/Включён: 10-го числа, не больше 600,00/).waitFor();
  await look('autopay-on');
}

/** Pays ten roubles by the remembered wallet, without leaving the portal. */
export async function payByRemembered(page: Page, portalUrl: string, look: Look): Promise<void> {
  await page.goto(`${portalUrl}/pay`);
  await page.getByLabel('Сколько').fill('10');
  await page.getByRole('button', { name: 'Продолжить' }).click();
  await pickMethod(page, /YooMoney wallet/);
  await look('methods-remembered');
  await page.getByRole('button', { name: 'Продолжить' }).click();
  await page.getByText('Деньги спишутся сразу').waitFor();
  await look('check-remembered');
  await page.getByRole('button', { name: /^Оплатить .*₽/ }).click();
  await isPaid(page);
}

const isPaid = (page: Page): Promise<void> =>
  page
    .getByRole('heading', { name: /Оплачено/ })
    .first()
    .waitFor();
