import assert from 'node:assert/strict';
import { fieldsOf, givenWebmoney, hashFor, purse, secretKey } from './webmoney-shop.test.ts';
import type { WebmoneyShop } from './webmoney-shop.test.ts';

describe('what the simulated WebMoney tells the shop', () => {
  let shop: WebmoneyShop;
  const given = async (settings: Parameters<typeof givenWebmoney>[0]) => {
    await shop.close();
    shop = await givenWebmoney(settings);
  };
  /** The newest notification of a payment. */
  const paid = () => shop.told().findLast((fields) => fields['LMI_SYS_TRANS_NO'] !== undefined)!;
  beforeEach(async () => {
    shop = await givenWebmoney();
  });
  afterEach(() => shop.close());

  it('names the transfer, gives back what the form brought and carries both hashes', async () => {
    const desc = Buffer.from('Оплата заказа №1 — ☃').toString('base64');
    await shop.open({
      LMI_PAYMENT_DESC_BASE64: desc,
      note: 'a b&c',
      _hidden: 'x',
      LMI_SHOP_ID: '7',
    });

    const { json } = await shop.order({ outcome: 'pay' });

    const { LMI_SYS_INVS_NO, LMI_SYS_TRANS_NO, LMI_HASH, LMI_HASH2, ...rest } = paid();
    assert.deepEqual(rest, {
      LMI_PAYEE_PURSE: purse,
      LMI_PAYMENT_AMOUNT: '14.65',
      LMI_PAYMENT_NO: '1001',
      LMI_MODE: '0',
      LMI_SYS_TRANS_DATE: '20260311 12:00:00',
      LMI_PAYER_PURSE: 'Z366393600555',
      LMI_PAYER_WM: '404521188333',
      LMI_PAYER_COUNTRYID: 'RU',
      LMI_PAYER_PCOUNTRYID: 'RU',
      LMI_PAYER_IP: '198.51.100.24',
      LMI_PAYMENT_DESC: 'Оплата заказа №1 — ☃',
      LMI_LANG: 'en-US',
      LMI_DBLCHK: 'SMS',
      PORTAL_PAYMENT_ID: 'p1',
      note: 'a b&c',
    });
    assert.ok(Number(LMI_SYS_TRANS_NO) > Number(LMI_SYS_INVS_NO));
    assert.equal(LMI_HASH, hashFor(paid(), ''));
    assert.equal(LMI_HASH2, hashFor(paid(), ';'));
    const [told] = json['notifications'] as Record<string, unknown>[];
    assert.deepEqual([told?.['kind'], told?.['status'], told?.['body']], ['payment', 200, 'YES']);
    const type = shop.notices[1]?.headers['content-type'];
    assert.equal(type, 'application/x-www-form-urlencoded');
  });

  it('tells the amount in the characters of the form', async () => {
    for (const amount of ['5', '5.5', '005.50']) {
      await shop.open({ LMI_PAYMENT_AMOUNT: amount });
      await shop.order({ outcome: 'pay' });
      assert.deepEqual(
        [paid()['LMI_PAYMENT_AMOUNT'], paid()['LMI_HASH']],
        [amount, hashFor(paid(), '')],
      );
    }
  });

  it('speaks windows-1251 to a shop whose page does', async () => {
    const encoded =
      `LMI_PAYEE_PURSE=${purse}&LMI_PAYMENT_AMOUNT=14.65&LMI_PAYMENT_NO=1001` +
      '&LMI_PAYMENT_DESC=%D1%F7%B8%F2+%B9%201&note=%A8%E6&PORTAL_PAYMENT_ID=p1';
    const answer = await fetch(`${shop.url}/lmi/payment.asp`, {
      method: 'POST',
      body: encoded,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      redirect: 'manual',
    });
    const page = await fetch(shop.url + String(answer.headers.get('location')));
    assert.match(await page.text(), /<h1>Счёт № 1<\/h1>/);

    await shop.order({ outcome: 'pay' });

    const body = shop.notices[1]!.body.toString('latin1');
    assert.match(body, /&LMI_PAYMENT_DESC=%D1%F7%B8%F2\+%B9\+1&/);
    assert.match(body, /&note=%A8%E6(&|$)/);
    assert.equal(paid()['LMI_HASH2'], hashFor(paid(), ';'));
  });

  it('hashes the days of a hold, and as the purse is set', async () => {
    await given({ allowsHold: true, hashMethod: 'MD5', sendsSecretKey: true });
    await shop.open({ LMI_HOLD: '3' });
    await shop.order({ outcome: 'pay' });

    const fields = paid();
    assert.equal(fields['LMI_HOLD'], '3');
    assert.equal(fields['LMI_SECRET_KEY'], secretKey);
    assert.equal(fields['LMI_HASH'], hashFor(fields, '', secretKey, 'md5'));
    assert.equal(fields['LMI_HASH2'], hashFor(fields, ';'));
    assert.notEqual(fields['LMI_HASH2'], hashFor({ ...fields, LMI_HOLD: '4' }, ';'));
  });

  it('is never told again by itself, whatever the shop answers', async () => {
    await shop.open();
    shop.shopAnswers.push({ status: 200, body: 'YES' }, { status: 500 });

    await shop.order({ outcome: 'pay' });
    await shop.timers.advance(7 * 24 * 60 * 60_000);

    assert.equal(shop.notices.length, 2);
    assert.equal((await shop.status()).one('retval'), '0');
  });

  it('is told late, twice, not at all, or once more, as ordered', async () => {
    await shop.open();
    await shop.order({ outcome: 'pay', delayMs: 30_000 });
    assert.equal(shop.notices.length, 1);
    await shop.timers.advance(30_000);
    assert.equal(shop.notices.length, 2);

    await shop.order({ outcome: 'pay', times: 2 });
    await shop.order({ outcome: 'pay', times: 0 });

    const bodies = shop.notices.slice(1).map(({ body }) => body.toString());
    assert.deepEqual([bodies.length, new Set(bodies).size], [3, 1]);
  });

  it('asks without saying of what, by order or by the purse’s setting', async () => {
    await shop.open();
    await shop.order({ outcome: 'bare-prerequest' });
    assert.equal(shop.notices[0]?.body.length, 0);
    assert.equal(paid()['LMI_HASH'], hashFor(paid(), ''));

    await given({ sendsParameters: false });
    await shop.open();
    await shop.order({ outcome: 'pay' });
    assert.equal(shop.notices[0]?.body.length, 0);
  });

  it('is true also without the second hash, in lower case, and with fields the payer has changed', async () => {
    for (const outcome of ['no-hash2', 'lower-case', 'added-field', 'edited-field']) {
      await shop.open({ LMI_PAYMENT_NO: String(2000 + shop.notices.length) });
      const { status } = await shop.order({ outcome });
      assert.equal(status, 200, outcome);
      assert.equal(paid()['LMI_HASH']?.toUpperCase(), hashFor(paid(), ''));
    }
    const [, plain, , lower, , added, , edited] = shop.told();
    assert.equal(plain?.['LMI_HASH2'], undefined);
    assert.match(lower?.['LMI_HASH2'] ?? '', /^[0-9a-f]{64}$/);
    assert.equal(added?.['ADDED_BY_PAYER'], 'что угодно');
    assert.equal(edited?.['PORTAL_PAYMENT_ID'], 'p1-of-somebody-else');
    assert.equal(shop.told()[6]?.['PORTAL_PAYMENT_ID'], 'p1-of-somebody-else');
  });

  describe('when somebody forges it', () => {
    const forged = async (forge: string, more: object = {}) => {
      shop.notices.length = 0;
      await shop.open();
      await shop.order({ outcome: 'pay', forge, ...more });
      assert.equal(shop.notices.length, 1, 'nobody asks for a forged payment');
      assert.equal((await shop.status()).one('retval'), '7');
      const fields = fieldsOf(shop.notices[0]!);
      const isGood = fields['LMI_HASH'] === hashFor(fields, '');
      const isGood2 = fields['LMI_HASH2'] === hashFor(fields, ';');
      return { fields, goodHashes: [isGood, isGood2] };
    };

    it('has one digit of each hash wrong, another secret behind them, or none at all', async () => {
      const { fields } = await forged('signature');
      const [hash, hash2] = [hashFor(fields, ''), hashFor(fields, ';')];
      assert.deepEqual(
        [fields['LMI_HASH']?.slice(1), fields['LMI_HASH2']?.slice(1)],
        [hash.slice(1), hash2.slice(1)],
      );
      assert.notEqual(fields['LMI_HASH'], hash);
      assert.notEqual(fields['LMI_HASH2'], hash2);

      const secret = await forged('secret');
      assert.deepEqual(secret.goodHashes, [false, false]);
      assert.equal(secret.fields['LMI_HASH2']?.length, 64);

      const unsigned = await forged('unsigned');
      assert.equal('LMI_HASH' in unsigned.fields || 'LMI_HASH2' in unsigned.fields, false);
    });

    it('is hashed truly over another sum, purse, currency, mode or a mode nobody knows', async () => {
      for (const [forge, name, value] of [
        ['amount', 'LMI_PAYMENT_AMOUNT', '15.65'],
        ['payee', 'LMI_PAYEE_PURSE', 'Z123428476790'],
        ['currency', 'LMI_PAYEE_PURSE', 'E123428476799'],
        ['mode', 'LMI_MODE', '1'],
        ['other-shape', 'LMI_MODE', '7'],
      ] as const) {
        const { fields, goodHashes } = await forged(forge);
        assert.equal(fields[name], value, forge);
        assert.deepEqual(goodHashes, [true, true], forge);
      }
      const { fields } = await forged('amount', { amountMinor: 5 });
      assert.equal(fields['LMI_PAYMENT_AMOUNT'], '0.05');
    });

    it('is hashed by a weaker method, or by one nobody can check', async () => {
      const weak = await forged('weak');
      assert.equal(weak.fields['LMI_HASH'], hashFor(weak.fields, '', secretKey, 'md5'));
      assert.equal(weak.fields['LMI_HASH2'], undefined);
      const signer = await forged('signer');
      assert.match(signer.fields['LMI_HASH'] ?? '', /^[0-9A-F]{132}$/);
      assert.equal(signer.fields['LMI_HASH2'], undefined);
    });

    it('moves a digit between two numbers, which only the second hash sees', async () => {
      const { fields, goodHashes } = await forged('shift');
      assert.deepEqual(goodHashes, [true, false]);
      const invoice = fields['LMI_SYS_INVS_NO'] ?? '';
      const moved = {
        ...fields,
        LMI_SYS_INVS_NO: invoice.slice(0, -1),
        LMI_SYS_TRANS_NO: invoice.slice(-1) + fields['LMI_SYS_TRANS_NO'],
      };
      assert.equal(fields['LMI_HASH2'], hashFor(moved, ';'));
    });

    it('brings the sum twice', async () => {
      await forged('doubled');
      const form = new URLSearchParams(shop.notices[0]!.body.toString());
      assert.deepEqual(form.getAll('LMI_PAYMENT_AMOUNT'), ['14.65', '0.01']);
    });
  });
});
