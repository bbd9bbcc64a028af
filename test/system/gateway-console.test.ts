import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { IncidentId } from '../../src/domain/protection/incident.ts';
import { busyGateway, walkConsole } from '../support/console-scene.ts';
import { ensureChromium, launchChromium } from '../support/chromium.ts';
import { deviceOf } from '../support/demo-browser.ts';
import { type GivenConsole, givenConsole } from '../support/given-console.ts';
import { skipUnless } from '../support/skips.ts';

describe('the gateway’s console in Chromium', function () {
  this.timeout(120_000);
  let browser: Browser;
  let given: GivenConsole;
  let flood: IncidentId;
  before(async function () {
    skipUnless(this, await ensureChromium());
    [browser, given] = await Promise.all([launchChromium(), givenConsole()]);
    ({ flood } = await busyGateway(given));
  });
  after(async () => {
    await browser?.close();
    await given?.close();
  });

  const open = async (colorScheme: 'light' | 'dark', width: number, hasScripts = true) => {
    const viewport = { width, height: 900 };
    const options = { locale: 'ru-RU', colorScheme, viewport, javaScriptEnabled: hasScripts };
    const context = await browser.newContext(options);
    return deviceOf(context, await context.newPage());
  };
  const back = async (page: Page): Promise<void> => {
    await page.getByRole('link', { name: 'Сейчас' }).click();
    await page.getByRole('heading', { name: 'Сейчас' }).waitFor();
  };

  it('shows every page fit for every eye, on a desk and on a phone', async () => {
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 390],
    ] as const) {
      const { page, complaints, look, context } = await open(colorScheme, width);
      await walkConsole(page, given, flood, look);
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });

  it('takes an incident from the first look to its review, and shows news by itself', async () => {
    const { page, complaints, look } = await open('light', 1280);
    await walkConsole(page, given, flood, async () => undefined);
    await back(page);
    await page.getByRole('link', { name: 'Признаки DDoS-атаки' }).click();
    for (const name of ['Взять в работу', 'Устраняю', 'Закончился', 'Был настоящим']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' });
    }
    await page.getByText('настоящий инцидент').waitFor();
    await look('reviewed');
    await back(page);

    await given.incidents.note({
      detector: 'canary',
      severity: 'S1',
      target: '<b>bold</b>',
      evidence: 'bait',
      at: given.now(),
    });
    await page.getByText('<b>bold</b>').waitFor();
    assert.deepEqual(complaints, []);
  });

  it('lifts a measure with a reason, by the keyboard alone', async () => {
    const { page, complaints, look } = await open('light', 390);
    await walkConsole(page, given, flood, async () => undefined);
    const lift = page.getByRole('link', { name: 'Снять: сеанс f3b1c09e5d7a' });
    await lift.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Снять меру' }).waitFor();
    await look('lift');
    await page.getByLabel('Причина').fill('проверка своя');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Меры' }).waitFor();
    await lift.waitFor({ state: 'detached' });
    await look('lifted');
    assert.match(given.audited.at(-1) ?? '', /^lift igor session f3b1c09e5d7a: .*проверка своя/);
    assert.deepEqual(complaints, []);
  });

  it('works without scripts too', async () => {
    const { page } = await open('light', 1280, false);
    await walkConsole(page, given, flood, async () => undefined);
    await back(page);
    const refresh = page.locator('meta[http-equiv="refresh"]');
    assert.match((await refresh.getAttribute('content')) ?? '', /^15;url=\/\?live=1$/);
  });

  it('acknowledges by the link of a notice, on a phone that is not signed in', async () => {
    const incident = await given.incidents.note({
      detector: 'replay',
      severity: 'S1',
      target: 'portal-2',
      evidence: 'the same nonce',
      at: given.now(),
    });
    const { page, complaints, look } = await open('dark', 390);
    await page.goto(given.url + given.linkFor(incident));
    await look('link');
    await page.getByRole('button', { name: 'Взять в работу' }).click();
    await page.getByText('Готово: инцидент за вами.').waitFor();
    await look('link taken');
    await page.goto(given.url + given.linkFor(incident));
    await page.getByText('инцидентом уже занимается anna').waitFor();
    await look('link used');
    assert.deepEqual(complaints, []);
  });
});
