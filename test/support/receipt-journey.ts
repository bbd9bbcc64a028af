import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Reads the QR code of the receipt on the page as a camera does. */
export async function scanReceipt(page: Page): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-scan-'));
  try {
    const picture = await page.getByRole('img', { name: 'QR-код для проверки чека' }).screenshot();
    writeFileSync(join(folder, 'qr.png'), picture);
    const read = execFileSync('zbarimg', ['--raw', '--quiet', join(folder, 'qr.png')]);
    return read.toString().trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The signed JSON of a payment's receipt, as its owner downloads it. */
export async function receiptFile(page: Page, paymentId: string): Promise<string> {
  const answer = await page.request.get(
    new URL(`/api/payments/${paymentId}/receipt.json`, page.url()).href,
  );
  assert.match(answer.headers()['content-disposition'] ?? '', /attachment; filename="R-.*\.json"/);
  return answer.text();
}

/** Gives the open page of the public check a file to look at. */
export async function bringFile(page: Page, text: string): Promise<void> {
  const details = page.locator('details');
  if ((await details.getAttribute('open')) === null) {
    await page.getByText('Проверить файл с данными чека').click();
  }
  const file = { name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await page.getByLabel('Файл receipt.json').setInputFiles(file);
}
