import assert from 'node:assert/strict';
import pg from 'pg';
import { runningEmbeddedUrl } from '../../../src/adapters/postgres/embedded-running.ts';
import { embeddedDatabaseUrl, embeddedDirectory } from '../../../src/main/database-urls.ts';
import { payAndRemember, payByRemembered, turnAutoPayOn } from '../../support/autopay-journey.ts';
import { demoInChromium, type DemoBrowser } from '../../support/demo-browser.ts';
import { signInByHand } from '../../support/journey.ts';
import { waitFor } from '../../support/processes.ts';

describe('remembered ways to pay and auto-pay in Chromium', function () {
  this.timeout(180_000);
  let demo: DemoBrowser | undefined;
  let pool: pg.Pool | undefined;

  before(async function () {
    demo = await demoInChromium(this);
    const server = runningEmbeddedUrl(embeddedDirectory(demo.env)) ?? '';
    pool = new pg.Pool({ connectionString: embeddedDatabaseUrl(server, 'portal'), max: 1 });
  });
  after(async () => {
    await pool?.end();
    await demo?.close();
  });

  /** As if the calendar had come so far: the next look is due, the charge `inDays` away. */
  const bringDay = (inDays: number) =>
    pool!.query(
      `UPDATE autopay SET next_at = now(), charge_at = now() + make_interval(secs => $1)`,
      [inDays * 86_400],
    );
  const texts = async (): Promise<string[]> => {
    const { simulatorsUrl } = demo!.place;
    const answer = await fetch(`${simulatorsUrl}/phone/+79990000001/messages.json`);
    return ((await answer.json()) as { items: { text: string }[] }).items.map(({ text }) => text);
  };

  it('remembers, asks for consent, tells before it charges, charges once, and forgets', async () => {
    const { place } = demo!;
    const { page, complaints, look, context } = await demo!.open('dark', 390);
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
    const { rows } = await pool!.query<{ paid: number }>(
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
