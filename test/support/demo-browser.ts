import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';
import type { BrowserContext, Page } from 'playwright-core';
import { ensureChromium, launchChromium } from './chromium.ts';
import { freePort } from './free-port.ts';
import { axeViolations, type DemoPlace, type Look } from './journey.ts';
import { startProgram } from './kabinet-process.ts';
import { skipUnless } from './skips.ts';

/** One device of somebody: a page, and everything about it that would have to be mended. */
export interface Device {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page, breaches of its security policy, and what `look` has found. */
  readonly complaints: string[];
  /** Looks at the page as it stands: WCAG 2.2 AA, and that it is no wider than the screen. */
  readonly look: Look;
}

/** The demo, and Chromium beside it. */
export interface DemoBrowser {
  readonly place: DemoPlace;
  readonly env: Readonly<Record<string, string>>;
  open(colorScheme: 'light' | 'dark', width: number): Promise<Device>;
  close(): Promise<void>;
}

/** A call that a busy machine cuts short is looked at again within half a minute; a page waits for that. */
const patienceMs = 60_000;

/** Starts a demo of one's own; skips the suite where there is no Chromium. */
export async function demoInChromium(
  suite: Context,
  more: Readonly<Record<string, string>> = {},
): Promise<DemoBrowser> {
  skipUnless(suite, await ensureChromium());
  const data = mkdtempSync(join(tmpdir(), 'kabinet-demo-'));
  const [port, simulators, metrics] = await Promise.all([freePort(), freePort(), freePort()]);
  const place = {
    portalUrl: `http://localhost:${String(port)}`,
    simulatorsUrl: `http://localhost:${String(simulators)}`,
  };
  const env = {
    KABINET_DATA: data,
    PORT: String(port),
    SIMULATORS_PORT: String(simulators),
    METRICS_PORT: String(metrics),
    GATEWAY_CONSOLE_PORT: '0',
    ...more,
  };
  const [kabinet, browser] = await Promise.all([startProgram('start', env), launchChromium()]);
  return {
    place,
    env,
    open: async (colorScheme, width) => {
      const viewport = { width, height: 900 };
      const context = await browser.newContext({ locale: 'ru-RU', colorScheme, viewport });
      context.setDefaultTimeout(patienceMs);
      return deviceOf(context, await context.newPage());
    },
    close: async () => {
      await browser.close();
      await kabinet.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Watches a page of any server of ours. */
export function deviceOf(context: BrowserContext, page: Page): Device {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML/i.test(message.text())) {
      complaints.push(message.text());
    }
  });
  const look: Look = async (name) => {
    const found = await axeViolations(page);
    complaints.push(...found.map((one) => `${name}: ${one}`));
    const isWide = await page.evaluate(() => document.body.scrollWidth > window.innerWidth);
    if (isWide) complaints.push(`${name} is wider than the screen`);
  };
  return { page, context, complaints, look };
}
