import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isPage } from '../../../src/adapters/http/browser-files.ts';

const router = fileURLToPath(new URL('../../../src/adapters/browser/router.tsx', import.meta.url));

describe('the addresses of the pages', () => {
  it('can all be opened directly and reloaded', () => {
    const paths = [...readFileSync(router, 'utf8').matchAll(/^ {2}path: '([^']+)',$/gmu)];
    assert.ok(paths.length >= 10);
    for (const [, path = ''] of paths) {
      assert.ok(isPage(path.replaceAll(/\$\w+/gu, '0190a')), path);
    }
  });

  it('are no others: what is no page is not answered with one', () => {
    for (const path of [
      '/api/accounts',
      '/assets/main.js',
      '/payments',
      '/autopay/x',
      '/notify/a',
    ]) {
      assert.equal(isPage(path), false, path);
    }
  });
});
