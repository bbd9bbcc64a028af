// Takes the pictures in docs/screens: pages of customers and staff on a phone and a desk, light and dark, from a demo of its own.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { payAndRemember, payByRemembered, turnAutoPayOn } from '../test/support/autopay-journey.ts';
import { busyGateway, walkConsole } from '../test/support/console-scene.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { freePort } from '../test/support/free-port.ts';
import { givenConsole } from '../test/support/given-console.ts';
import { payByHand, signInAtDesk, signInByHand } from '../test/support/journey.ts';
import { startProgram } from '../test/support/kabinet-process.ts';
import { stopTestPostgres } from '../test/support/postgres.ts';

const out = process.argv[2] ?? join(import.meta.dirname, '../docs/screens');
const sizes = [
  { name: 'phone-dark', colorScheme: 'dark', width: 390 },
  { name: 'desk-light', colorScheme: 'light', width: 1280 },
  { name: 'desk-dark', colorScheme: 'dark', width: 1280 },
  // The last one pays: the others show what is due.
  { name: 'phone-light', colorScheme: 'light', width: 390 },
] as const;

mkdirSync(out, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'kabinet-screens-'));
const [port, simulators, metrics] = await Promise.all([freePort(), freePort(), freePort()]);
const kabinet = await startProgram('start', {
  KABINET_DATA: data,
  PORT: String(port),
  SIMULATORS_PORT: String(simulators),
  METRICS_PORT: String(metrics),
  GATEWAY_CONSOLE_PORT: '0',
});
const place = {
  portalUrl: `http://localhost:${String(port)}`,
  simulatorsUrl: `http://localhost:${String(simulators)}`,
};
const browser = await launchChromium();
try {
  for (const { name, colorScheme, width } of sizes) {
    const viewport = { width, height: width < 500 ? 844 : 900 };
    const context = await browser.newContext({ locale: 'ru-RU', colorScheme, viewport });
    const page = await context.newPage();
    const look = async (what: string): Promise<void> => {
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(out, `${what}-${name}.png`), fullPage: true });
      console.log(`${what}-${name}.png`);
    };
    await signInByHand(page, place, look);
    await look('home');
    await page.goto(`${place.portalUrl}/operations`);
    await page.waitForTimeout(700);
    await look('operations');
    if (name === 'phone-dark') {
      await payAndRemember(page, place.portalUrl, look);
      await turnAutoPayOn(page, place.portalUrl, look);
    } else {
      await payByRemembered(page, place.portalUrl, look);
      await page.goto(`${place.portalUrl}/autopay`);
      await page.getByText(/Включён/).waitFor();
      await look('autopay-on');
    }
    await signInAtDesk(page, place);
    await look('desk');
    await page.goto(`${place.portalUrl}/staff/methods`);
    await page.waitForTimeout(700);
    await look('desk-methods');
    await page.goto(place.portalUrl);
    if (name === 'phone-light') await payByHand(page, look);
    await context.close();
  }
  await lookAtConsole();
  console.log(`pictures are in ${out}`);
} finally {
  await browser.close();
  await kabinet.stop();
  rmSync(data, { recursive: true, force: true });
}

/** The console over a bad quarter of an hour, which a demo does not have. */
async function lookAtConsole(): Promise<void> {
  const given = await givenConsole();
  try {
    const { flood } = await busyGateway(given);
    for (const { name, colorScheme, width } of sizes) {
      const viewport = { width, height: width < 500 ? 844 : 900 };
      const context = await browser.newContext({ locale: 'ru-RU', colorScheme, viewport });
      const page = await context.newPage();
      await walkConsole(page, given, flood, async (what) => {
        await page.screenshot({ path: join(out, `${what}-${name}.png`), fullPage: true });
        console.log(`${what}-${name}.png`);
      });
      await context.close();
    }
  } finally {
    await given.close();
    await stopTestPostgres();
  }
}
