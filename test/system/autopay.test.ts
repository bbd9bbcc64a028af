import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { runningEmbeddedUrl } from '../../src/adapters/postgres/embedded-running.ts';
import { embeddedDatabaseUrl, embeddedDirectory } from '../../src/main/database-urls.ts';
import { payAndRemember, payByRemembered, turnAutoPayOn } from '../support/autopay-journey.ts';
import { ensureChromium, launchChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { axeViolations, signInByHand } from '../support/journey.ts';
import { startProgram, type KabinetProcess } from '../support/kabinet-process.ts';
import { waitFor } from '../support/processes.ts';
import { skipUnless } from '../support/skips.ts';

describe('remembered ways to pay and auto-pay in Chromium', function () {
  this.timeout(180_000);
  const data = mkdtempSync(join(tmpdir(), 'kabinet-autopay-'));
  let kabinet: KabinetProcess | undefined;
  let browser: Browser | undefined;
  let pool: pg.Pool | undefined;
  let place = { portalUrl: '', simulatorsUrl: '' };

  before(async function () {
    skipUnless(this, await ensureChromium());
    const [port, simulators, metrics] = await Promise.all([freePort(), freePort(), freePort()]);
    place = {
      portalUrl: `http://localhost:${String(port)}`,
      simulatorsUrl: `http://localhost:${String(simulators)}`,
    };
    const env = {
      KABINET_DATA: data,
      PORT: String(port),
      SIMULATORS_PORT: String(simulators),
      METRICS_PORT: String(metrics),
    };
    kabinet = await startProgram('start', env);
    const server = runningEmbeddedUrl(embeddedDirectory(env)) ?? '';
    pool = new pg.Pool({ connectionString: embeddedDatabaseUrl(server, 'portal'), max: 1 });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await pool?.end();
    await kabinet?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  /** As if the calendar had come so far: the next look is due, the charge `inDays` away. */
  const bringDay = (inDays: number) =>
    pool!.query(
      `UPDATE autopay SET next_at = now(), charge_at = now() + make_interval(secs => $1)`,
      [inDays * 86_400],
    );
  const texts = async (): Promise<string[]> => {
    const answer = await fetch(`${place.simulatorsUrl}/phone/+79990000001/messages.json`);
    return ((await answer.json()) as { items: { text: string }[] }).items.map(({ text }) => text);
  };

  it('remembers, asks for consent, tells before it charges, charges once, and forgets', async () => {
    const context = await browser!.newContext({
      ...{ locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
    });
    const look = async (name: string): Promise<void> => {
      const found = await axeViolations(page);
      complaints.push(...found.map((one) => `${name}: ${one}`));
      const isWide = await page.evaluate(() => document.body.scrollWidth > window.innerWidth);
      if (isWide) complaints.push(`${name} is wider than the screen`);
    };
    await signInByHand(page, place, async () => undefined);
    await page.goto(`${place.portalUrl}/autopay`);
    await page.getByText('Пока ничего не сохранено').waitFor();
    await look('autopay-empty');

    await payAndRemember(page, place.portalUrl, look);
    await turnAutoPayOn(page, place.portalUrl, look);
    await payByRemembered(page, place.portalUrl, look);

    await pool!.query(`UPDATE autopay SET limit_minor = 100000000`);
    await bringDay(2);
    await waitFor('the notice', async () => (await texts()).some((one) => /спишем/.test(one)));
    await bringDay(0);
    await waitFor(
      'the charge',
      async () => (await texts()).some((one) => /оплачено/.test(one)),
      90_000,
    );
    const { rows } = await pool!.query<{ captured: bigint; paid: bigint }>(
      `SELECT count(*)::int AS paid FROM payment
       WHERE state = 'succeeded' AND id = (SELECT last_payment_id FROM autopay)`,
    );
    assert.equal(rows[0]?.paid, 1);
    await page.goto(`${place.portalUrl}/autopay`);
    await page.getByText(/: оплачено /).waitFor();
    await look('autopay-paid');

    await page.getByRole('button', { name: /^Забыть/ }).click();
    await page.getByRole('button', { name: 'Да, забыть' }).click();
    await page.getByText('Пока ничего не сохранено').waitFor();
    assert.equal((await pool!.query('SELECT 1 FROM autopay')).rowCount, 0);
    assert.equal((await pool!.query('SELECT 1 FROM saved_method')).rowCount, 0);
    await context.close();
    assert.deepEqual(complaints, []);
  });
});
