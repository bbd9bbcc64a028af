import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { toBuffer } from 'qrcode';
import { codePages } from '../../../src/adapters/system/code-pages.ts';
import { readOrder } from '../../../src/domain/payment-order/read-order.ts';
import { writeOrder } from '../../../src/domain/payment-order/write-order.ts';
import { anyOrder, digitsOfPages } from '../../support/any-payment-order.ts';
import { ensurePackage } from '../../support/debian-package.ts';
import { skipUnless } from '../../support/skips.ts';

describe('payment orders in pictures, before a reader that is not ours', function () {
  this.timeout(300_000);
  let folder: string;
  before(async function () {
    skipUnless(this, await ensurePackage('zbar-tools', '/usr/bin/zbarimg'));
    folder = mkdtempSync(join(tmpdir(), 'kabinet-order-'));
  });
  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  for (const digit of digitsOfPages) {
    it(`come back to the byte in code page ${digit}`, async () => {
      const orders = fc.sample(anyOrder(digit), { numRuns: 12, seed: 20_261_128 });
      for (const [n, order] of orders.entries()) {
        const written = writeOrder(order, codePages[digit]);
        assert.ok(written.ok);
        const picture = join(folder, `${digit}-${String(n)}.png`);
        const segments = [{ data: written.value, mode: 'byte' as const }];
        writeFileSync(picture, await toBuffer(segments, { errorCorrectionLevel: 'M', scale: 3 }));

        const bytes = execFileSync(
          'zbarimg',
          ['--raw', '--oneshot', '--quiet', '-Sbinary', picture],
          { stdio: ['ignore', 'pipe', 'ignore'] },
        );

        assert.deepEqual(new Uint8Array(bytes), written.value);
        const answer = readOrder(bytes, codePages);
        assert.ok(answer.ok);
        assert.deepEqual(answer.value.fields, order);
      }
    });
  }
});
