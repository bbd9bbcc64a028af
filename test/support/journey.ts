import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { waitFor } from './processes.ts';

/** Where the demo runs. */
export interface DemoPlace {
  readonly portalUrl: string;
  readonly simulatorsUrl: string;
}

/** Looks at each page the customer comes to; its name is the page's. */
export type Look = (name: string) => Promise<void>;

const customer = { contract: '7000001', password: 'demo-Kabinet-2026', phone: '+79990000001' };
const clerk = { login: 'vera', password: 'demo-Vera-2026' };
let lastDeskCode = '';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Signs in as a person does: contract and password, then the code from the phone. In Russian. */
export async function signInByHand(page: Page, place: DemoPlace, look: Look): Promise<void> {
  await page.goto(place.portalUrl);
  await page.getByRole('heading', { name: 'Вход' }).waitFor();
  await look('sign-in');
  const seen = (await messages(place)).length;
  await page.getByLabel('Номер договора').fill(customer.contract);
  await page.getByLabel('Пароль').fill(customer.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Код из SMS' }).waitFor();
  await look('code');
  await waitFor('the SMS', async () => (await messages(place)).length > seen);
  const code = /\d{6}/.exec((await messages(place))[0]?.text ?? '')?.[0] ?? '';
  await page.getByRole('textbox').fill(code);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Лицевые счета' }).waitFor();
  await page.getByRole('heading', { name: 'Последние операции' }).waitFor();
}

/** Signs a demo person of the staff in at the desk. In Russian. */
export async function signInAtDesk(page: Page, place: DemoPlace): Promise<void> {
  await page.goto(`${place.portalUrl}/staff`);
  await page.getByRole('heading', { name: 'Вход для сотрудников' }).waitFor();
  let code = '';
  // A code opens the desk once: who comes again within its half minute waits for the next.
  await waitFor(
    'a fresh code',
    async () => {
      const shown = await fetch(`${place.simulatorsUrl}/authenticator.json?login=${clerk.login}`);
      ({ code } = (await shown.json()) as { readonly code: string });
      return code !== lastDeskCode;
    },
    40_000,
  );
  lastDeskCode = code;
  await page.getByLabel('Логин').fill(clerk.login);
  await page.getByLabel('Пароль').fill(clerk.password);
  await page.getByLabel('Код из приложения').fill(code);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Вход для сотрудников' }).waitFor({ state: 'hidden' });
}

/** Pays what is due by card on the provider's page, and waits until it is in the books. Answers the payment's id. */
export async function payByHand(page: Page, look: Look): Promise<string> {
  await page.getByRole('main').getByRole('link', { name: 'Оплатить' }).first().click();
  await page.getByRole('heading', { name: 'Оплата', level: 1 }).waitFor();
  await look('pay');
  await page.getByRole('button', { name: 'Продолжить' }).click();
  await pickMethod(page, /карта/i);
  await page.getByRole('button', { name: 'Продолжить' }).click();
  const pay = page.getByRole('button', { name: /^Оплатить .*₽/ });
  await pay.waitFor();
  await look('pay-check');
  await pay.click();
  await page.waitForURL(/\/stripe\/pay\//);
  await look('provider');
  await page.locator('button[value="visa"]').click();
  await page.waitForURL(/\/payments\/[0-9a-f-]{36}/);
  await page
    .getByRole('heading', { name: /Оплачено/ })
    .first()
    .waitFor();
  await page.getByText('Записано в лицевой счёт').waitFor();
  await look('paid');
  return /payments\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
}

/** Picks a way to pay by its name. The radio itself is hidden under the row that is drawn for it. */
export async function pickMethod(page: Page, name: string | RegExp): Promise<void> {
  const radio = page.getByRole('radio', { name });
  await page.getByRole('radiogroup').locator('label').filter({ has: radio }).click();
  await waitFor(`the choice of ${String(name)}`, () => radio.isChecked());
}

/** What axe finds against WCAG 2.2 AA on the page as it stands. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    interface Found {
      readonly violations: readonly {
        readonly id: string;
        readonly nodes: readonly { html: string }[];
      }[];
    }
    const run = (globalThis as unknown as { axe: { run(o: unknown): Promise<Found> } }).axe;
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await run.run({ runOnly: { type: 'tag', values } });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

async function messages(place: DemoPlace): Promise<readonly { readonly text: string }[]> {
  const response = await fetch(`${place.simulatorsUrl}/phone/${customer.phone}/messages.json`);
  return ((await response.json()) as { items: { text: string }[] }).items;
}
