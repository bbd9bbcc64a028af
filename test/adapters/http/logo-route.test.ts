import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import { addLogoRoute, toLogoJson } from '../../../src/adapters/http/logo-route.ts';
import { toReceiptJson } from '../../../src/adapters/http/receipt-to-json.ts';
import { receiptJson } from '../../../src/adapters/http/contract/receipt-json.ts';
import { qrPicture } from '../../../src/adapters/pdf/qr-squares.ts';
import { readLogo } from '../../../src/adapters/pdf/logo/read-logo.ts';
import type { Company } from '../../../src/application/ports/receipt-printer.ts';
import { givenLogo, jpegFile } from '../../support/given-logo.ts';
import { receiptView } from '../pdf/receipt-views.ts';

describe('the company’s logo on pages', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());
  const given = async (logo: Company['logo']): Promise<string> => {
    const router = new Router();
    addLogoRoute(router, logo);
    const app = new Koa().use(router.routes()).use(router.allowedMethods());
    server = createServer(app.callback()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/company-logo`;
  };

  for (const [type, logo] of [
    ['image/png', givenLogo()],
    ['image/jpeg', readLogo(jpegFile())],
  ] as const) {
    it(`is served as the file that was given, which can run nothing: ${type}`, async () => {
      const answer = await fetch(await given(logo));

      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-type'), type);
      assert.equal(answer.headers.get('cache-control'), 'public, max-age=3600');
      assert.equal(answer.headers.get('content-security-policy'), "default-src 'none'; sandbox");
      assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), logo.file);
    });
  }

  it('is sent again only when it is another', async () => {
    const url = await given(givenLogo());
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const ask = (known: string) =>
      fetch(url, { headers: { 'if-none-match': known, 'cache-control': 'max-age=0' } });

    assert.equal((await ask(etag)).status, 304);
    assert.equal((await ask('"another"')).status, 200);
    assert.equal((await fetch(url, { method: 'HEAD' })).headers.get('etag'), etag);
    assert.equal((await fetch(url, { method: 'POST' })).status, 405);
  });

  it('is told to pages with its size, and neither told nor served where there is none', async () => {
    const logo = givenLogo(80, 20);

    assert.deepEqual(toLogoJson(logo), { logo: { path: '/company-logo', width: 80, height: 20 } });
    assert.deepEqual(toLogoJson(undefined), {});
    assert.equal((await fetch(await given(undefined))).status, 404);
  });

  it('stands with the company’s own text in the JSON of a receipt, and without them nothing does', () => {
    const view = receiptView();
    const jsonOf = (own: Pick<Company, 'logo' | 'texts'>) =>
      receiptJson.parse(
        toReceiptJson({ ...view, company: { ...view.company, ...own } }, qrPicture),
      );

    const none = jsonOf({});
    assert.deepEqual([none.payee.logo, none.note], [undefined, undefined]);
    assert.equal('note' in none, false);
    const full = jsonOf({ logo: givenLogo(), texts: { en: { receiptNote: 'Thank you' } } });
    assert.equal(full.payee.logo?.path, '/company-logo');
    assert.deepEqual(full.note, { en: 'Thank you' });
    assert.deepEqual(jsonOf({ texts: { ru: { receiptNote: 'Спасибо' } } }).note, { ru: 'Спасибо' });
    assert.equal(jsonOf({ texts: { ru: { rollNote: 'Спасибо' } } }).note, undefined);
  });
});
