import { type Browser, chromium } from 'playwright-core';
import { ensurePackage } from './debian-package.ts';

// Chromium without a window: with one that nobody sees, it would take a third more processor time.
const program = '/usr/bin/chromium-headless-shell';

/** True when Chromium is there or could be installed; else the reason. */
export const ensureChromium = (): Promise<true | string> =>
  ensurePackage('chromium-headless-shell', program);

/** Starts a headless Chromium that talks to nobody but the pages it is sent to. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: program,
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
