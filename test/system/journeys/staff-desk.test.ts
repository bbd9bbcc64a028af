import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { demoInChromium, type DemoBrowser } from '../../support/demo-browser.ts';
import { PortalClient } from '../../support/portal-client.ts';
import { waitFor } from '../../support/processes.ts';

describe('the desk of the staff in Chromium', function () {
  this.timeout(180_000);
  let demo: DemoBrowser | undefined;
  let portalUrl = '';
  let simulatorsUrl = '';
  before(async function () {
    demo = await demoInChromium(this);
    ({ portalUrl, simulatorsUrl } = demo.place);
  });
  after(() => demo?.close());

  const openPage = (colorScheme: 'light' | 'dark', width: number) => demo!.open(colorScheme, width);

  const signIn = async (page: Page, login: string, password: string): Promise<void> => {
    await page.getByRole('heading', { name: 'Вход для сотрудников' }).waitFor();
    const shown = await fetch(`${simulatorsUrl}/authenticator.json?login=${login}`);
    const { code } = (await shown.json()) as { code: string };
    await page.getByLabel('Логин').fill(login);
    await page.getByLabel('Пароль').fill(password);
    await page.getByLabel('Код из приложения').fill(code);
    await page.keyboard.press('Enter');
  };

  const givenPaid = async (minor: string): Promise<{ id: string; anna: PortalClient }> => {
    const anna = new PortalClient(portalUrl, simulatorsUrl);
    await anna.signIn('7000001', 'demo-Kabinet-2026', '+79990000001');
    const [account] = (await anna.get('/api/accounts')).body.items;
    const { id } = (await anna.pay(account.id, minor)).body;
    await anna.control(id, { outcome: 'pay' });
    await anna.paymentBecomes(id, 'succeeded', true);
    return { id, anna };
  };

  it('gives a large sum back once a second person agrees', async () => {
    const { id, anna } = await givenPaid('2000000');
    const vera = await openPage('light', 1280);
    await vera.page.goto(`${portalUrl}/staff`);
    await vera.page.getByRole('heading', { name: 'Вход для сотрудников' }).waitFor();
    await vera.look('sign-in');
    await vera.page.getByRole('button', { name: 'Войти' }).click();
    await vera.page.getByText('Введите код из приложения').first().waitFor();
    await vera.look('sign-in with mistakes');
    await signIn(vera.page, 'vera', 'demo-Vera-2026');
    await vera.page.getByRole('heading', { name: 'Очереди' }).waitFor();
    await vera.page.getByRole('region', { name: 'Последние оплаченные' }).first().waitFor();
    await vera.look('queues');

    await vera.page.goto(`${portalUrl}/staff/payments/${id}`);
    await vera.page.getByLabel('Причина').fill('Оплачено дважды');
    await vera.look('payment');
    await vera.page.getByRole('button', { name: /^Вернуть 20\s?000,00/ }).click();
    await vera.page.getByText('Подтвердить должен другой сотрудник').first().waitFor();
    assert.ok(await vera.page.getByRole('button', { name: 'Подтвердить возврат' }).isDisabled());
    await vera.look('waiting refund');
    assert.deepEqual(vera.complaints, []);

    const boris = await openPage('dark', 390);
    await boris.page.goto(`${portalUrl}/staff/payments/${id}`);
    await signIn(boris.page, 'boris', 'demo-Boris-2026');
    const approve = boris.page.getByRole('button', { name: 'Подтвердить возврат' });
    await approve.waitFor();
    await boris.look('payment on a phone');
    await approve.click();
    await boris.page.getByText('возвращено', { exact: true }).waitFor();
    await boris.page.getByText('Возвращать больше нечего').waitFor();
    await boris.look('refunded');
    await boris.page.goto(`${portalUrl}/staff`);
    await boris.page.getByText('Ни один возврат не ждёт решения').waitFor();
    await boris.look('queues on a phone');
    assert.deepEqual(boris.complaints, []);

    const [account] = (await anna.get('/api/accounts')).body.items;
    await waitFor('the refund in the books', async () => {
      const { items } = (await anna.get(`/api/accounts/${account.id}/operations`)).body;
      return items.some(
        (one: { kind: string; amount: { minor: string } }) =>
          one.kind === 'refund' && /^-?2000000$/.test(one.amount.minor),
      );
    });
  });

  it('shows money that does not fit, the methods and the reconciliations', async () => {
    const anna = new PortalClient(portalUrl, simulatorsUrl);
    await anna.signIn('7000001', 'demo-Kabinet-2026', '+79990000001');
    const [account] = (await anna.get('/api/accounts')).body.items;
    const { id } = (await anna.pay(account.id, '90000')).body;
    await anna.control(id, { outcome: 'pay', amountMinor: '80000' });
    const { page, complaints, look } = await openPage('dark', 1280);
    await page.goto(`${portalUrl}/staff/methods`);
    await nextCode();
    await signIn(page, 'vera', 'demo-Vera-2026');
    await page.getByText('Банковская карта').first().waitFor();
    await look('methods');
    await page.getByRole('link', { name: 'Сверка' }).click();
    await page.getByText('Сверок ещё не было').waitFor();
    await look('reconciliation');
    await page.goto(`${portalUrl}/staff/payments/${id}`);
    const end = page.getByRole('button', { name: 'Зачислить взятое' });
    await end.waitFor();
    await look('review');
    await end.click();
    await page.getByRole('heading', { name: /оплачен/ }).waitFor();
    await look('reviewed');
    await page.getByRole('button', { name: 'Выйти' }).click();
    await page.getByRole('heading', { name: 'Вход для сотрудников' }).waitFor();
    assert.deepEqual(complaints, []);
  });

  /** A code works once: whoever signs in again waits for the next. */
  const nextCode = async (): Promise<void> => {
    const shown = await fetch(`${simulatorsUrl}/authenticator.json?login=vera`);
    const { secondsLeft } = (await shown.json()) as { secondsLeft: number };
    await new Promise((resolve) => setTimeout(resolve, secondsLeft * 1_000 + 200));
  };
});
