import assert from 'node:assert/strict';
import { yoomoneyQuickpaySimulator } from '../../../src/adapters/simulators/yoomoney-quickpay/yoomoney-quickpay-simulator.ts';
import { givenSystem, type RunningSystem } from './running-system.ts';

const receiver = '41001000000001';
const successURL = 'https://shop.example/payments/p-1?tab=1';

describe('the payer’s page of the simulated YooMoney wallet', () => {
  let system: RunningSystem;
  beforeEach(async () => {
    system = await givenSystem((router, world, notifyUrl) => {
      yoomoneyQuickpaySimulator(router, { receiver, secret: 'secret123', notifyUrl }, world);
    });
  });
  afterEach(() => system.close());

  const opened = async (more: Record<string, string> = {}, path = '/quickpay/confirm') => {
    const fields = { receiver, 'quickpay-form': 'button', paymentType: 'PC', sum: '1234.50' };
    const answer = await fetch(system.url + path, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, label: 'p-1', successURL, ...more }),
      redirect: 'manual',
    });
    const location = answer.headers.get('location') ?? '';
    assert.match(location, /^\/yoomoney-quickpay\/pay\/q\d+$/);
    return system.url + location;
  };
  const page = async (url: string, language = 'en') =>
    fetch(url, { headers: { 'accept-language': language } });
  const choose = (url: string, choice: string) =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ choice }), redirect: 'manual' });
  const told = () => system.notices.map(({ body }) => new URLSearchParams(body.toString('utf8')));

  it('shows sum, label and number in the payer’s language, and may lead to the shop only', async () => {
    const url = await opened({ label: 'p-1 & <b>' });

    const [russian, english] = [await page(url, 'ru'), await page(url)];
    const [ru, en] = [await russian.text(), await english.text()];

    assert.match(ru, /lang="ru"[^]*К списанию[^]*1\s234,50\s₽/);
    assert.match(en, /lang="en"[^]*You pay[^]*₽?1,234\.50/);
    for (const text of [ru, en]) {
      assert.match(text, /p-1 &amp; &lt;b&gt;/);
      assert.ok(text.includes(url.split('/').at(-1) ?? '-'));
      assert.doesNotMatch(text, /<input|<script/);
    }
    const policy = String(english.headers.get('content-security-policy'));
    assert.match(policy, /form-action 'self' https:\/\/shop\.example;/);
  });

  it('offers first what the form proposes, and takes the older form address', async () => {
    const choices = async (url: string) => {
      const text = await (await page(url)).text();
      return [...text.matchAll(/value="([^"]+)"/g)].map(([, word]) => word);
    };
    assert.deepEqual(await choices(await opened()), ['wallet', 'card', 'leave']);
    const card = await opened({ paymentType: 'AC' }, '/quickpay/confirm.xml');
    assert.deepEqual(await choices(card), ['card', 'wallet', 'leave']);
  });

  it('takes the fee of whatever the payer pays with, not of what the form proposed', async () => {
    await choose(await opened({ sum: '100.00' }), 'card');
    await choose(await opened({ sum: '100.00', paymentType: 'AC' }), 'wallet');

    const seen = told().map((fields) =>
      ['notification_type', 'amount', 'withdraw_amount', 'sender'].map((name) => fields.get(name)),
    );
    assert.deepEqual(seen, [
      ['card-incoming', '97.00', '100.00', ''],
      ['p2p-incoming', '99.01', '100.00', '41000000000001'],
    ]);
  });

  it('leads back with 302, the address unchanged, once the shop has been told', async () => {
    const answer = await choose(await opened(), 'wallet');
    assert.deepEqual([answer.status, answer.headers.get('location')], [302, successURL]);
    assert.equal(system.notices.length, 1);
    const far = await choose(await opened({ successURL: 'https://shop.example/оплата' }), 'card');
    assert.equal(far.headers.get('location'), encodeURI('https://shop.example/оплата'));
  });

  it('keeps the payer where the form names no address', async () => {
    const url = await opened({ successURL: '' }).catch(() => undefined);
    assert.equal(url, undefined);
    const body = new URLSearchParams({
      ...{ receiver, 'quickpay-form': 'button', paymentType: 'PC', sum: '1.00', label: 'p-1' },
    });
    const answer = await fetch(`${system.url}/quickpay/confirm`, {
      ...{ method: 'POST', body, redirect: 'manual' },
    });
    const path = answer.headers.get('location') ?? '';
    const paid = await choose(system.url + path, 'wallet');
    assert.equal(paid.headers.get('location'), path);
    assert.match(await (await page(system.url + path)).text(), /The transfer is made/);
  });

  it('moves nothing when left, or by a choice it does not offer', async () => {
    const url = await opened();
    const left = await choose(url, 'leave');
    assert.match(await left.text(), /nothing was taken|деньги не списаны/);
    for (const choice of ['', 'rob', 'test']) {
      const answer = await choose(url, choice);
      assert.deepEqual([answer.status, answer.headers.get('location')], [200, null]);
    }
    assert.equal(system.notices.length, 0);
    assert.match(await (await page(url)).text(), /name="choice"/);
  });

  it('pays once, however often it is clicked', async () => {
    const url = await opened();
    await choose(url, 'wallet');
    for (const choice of ['wallet', 'card', 'leave']) {
      const text = await (await choose(url, choice)).text();
      assert.match(text, new RegExp(`href="${successURL.replace('?', '\\?')}"`));
      assert.doesNotMatch(text, /name="choice"/);
    }
    assert.equal(system.notices.length, 1);
  });

  it('knows nothing of a transfer nobody made', async () => {
    const url = `${system.url}/yoomoney-quickpay/pay/q0`;
    assert.deepEqual([(await page(url)).status, (await choose(url, 'wallet')).status], [404, 404]);
  });

  it('takes no form of 300 kilobytes', async () => {
    const body = new URLSearchParams({ receiver, comment: 'x'.repeat(300_000) });
    const answer = await fetch(`${system.url}/quickpay/confirm`, { method: 'POST', body });
    assert.equal(answer.status, 413);
  });
});
