import assert from 'node:assert/strict';
import { givenWebmoney, goodForm, hex, purse } from './webmoney-shop.test.ts';
import type { WebmoneyShop } from './webmoney-shop.test.ts';

describe('the simulated WebMoney and its payer', () => {
  let shop: WebmoneyShop;
  const given = async (settings: Parameters<typeof givenWebmoney>[0] = {}) => {
    await shop?.close();
    shop = await givenWebmoney(settings);
  };
  beforeEach(async () => {
    shop = await givenWebmoney();
  });
  afterEach(() => shop.close());

  it('shows the payer the sum, the purse, the number and every way it can end', async () => {
    const page = await fetch(await shop.open(), { headers: { 'accept-language': 'ru' } });
    const text = await page.text();

    for (const choice of ['sms', 'enum', 'not-enough', 'wrong-code', 'refuse', 'leave']) {
      assert.ok(text.includes(`value="${choice}"`), choice);
    }
    assert.match(text, /14\.65/);
    assert.match(text, /WMZ/);
    assert.match(text, /Z123428476799 · Payment 1001 · p1/);
    assert.ok(text.includes('Счёт 7000001-1 &amp; &lt;b&gt;'));
    assert.match(
      page.headers.get('content-security-policy') ?? '',
      /form-action [^;]*shop\.example/,
    );
  });

  it('speaks the language of the form’s address, or else of the browser', async () => {
    const russian = await shop.form({}, '/lmi/payment_utf.asp?lang=ru-RU');
    const other = await shop.form(
      { LMI_PAYMENT_NO: '1002' },
      '/lmi/payment_utf.asp?at=authtype_8',
      { 'accept-language': 'ru' },
    );

    for (const answer of [russian, other]) {
      const page = await fetch(shop.url + String(answer.headers.get('location')));
      assert.match(await page.text(), /Подтвердить по SMS/);
    }
  });

  it('asks the shop first, then moves the money, tells the shop and sends the payer back', async () => {
    const page = await shop.open();

    const back = await shop.choose(page, 'sms');

    const [question, paid] = shop.told();
    assert.deepEqual(question, {
      LMI_PREREQUEST: '1',
      LMI_PAYEE_PURSE: purse,
      LMI_PAYMENT_AMOUNT: '14.65',
      LMI_PAYMENT_NO: '1001',
      LMI_MODE: '0',
      LMI_PAYER_PURSE: 'Z366393600555',
      LMI_PAYER_WM: '404521188333',
      LMI_PAYER_COUNTRYID: 'RU',
      LMI_LANG: 'en-US',
      PORTAL_PAYMENT_ID: 'p1',
    });
    assert.equal(paid?.['LMI_DBLCHK'], 'SMS');
    assert.equal(back.status, 303);
    const address = new URL(back.headers.get('location') ?? '');
    assert.equal(address.origin + address.pathname, 'https://shop.example/paid');
    assert.deepEqual(Object.fromEntries(address.searchParams), {
      lang: 'ru',
      LMI_PAYMENT_NO: '1001',
      LMI_SYS_INVS_NO: paid['LMI_SYS_INVS_NO'],
      LMI_SYS_TRANS_NO: paid['LMI_SYS_TRANS_NO'],
      LMI_SYS_TRANS_DATE: '20260311 12:00:00',
      LMI_LANG: 'en-US',
      PORTAL_PAYMENT_ID: 'p1',
    });
  });

  it('goes on only when the answer begins with YES', async () => {
    const answers = [
      { status: 200, body: 'NO' },
      { status: 200, body: '' },
      { status: 200, body: '<p>YES</p>' },
      { status: 200, body: 'yes' },
      { status: 500, body: 'YES' },
    ];
    const page = await shop.open();
    for (const answer of answers) {
      shop.shopAnswers.push(answer);
      const stopped = await shop.choose(page, 'sms');
      assert.equal(stopped.headers.get('location'), new URL(page).pathname, answer.body);
    }
    assert.ok(shop.told().every((fields) => fields['LMI_PREREQUEST'] === '1'));
    assert.equal((await shop.status()).one('retval'), '7');

    shop.shopAnswers.push({ status: 200, body: ' YES, please\r\n' });
    await shop.choose(page, 'sms');
    assert.equal((await shop.status()).one('retval'), '0');
  });

  it('shows the payer why the shop said no, as text', async () => {
    const page = await shop.open();
    shop.shopAnswers.push({ status: 200, body: 'Счёт <i>закрыт</i>' });

    await shop.choose(page, 'enum');

    const text = await (await fetch(page)).text();
    assert.ok(text.includes('Счёт &lt;i&gt;закрыт&lt;/i&gt;'));
    assert.match(text, /value="sms"/);
  });

  it('moves money once, however often the payer clicks', async () => {
    const page = await shop.open();

    await Promise.all([shop.choose(page, 'sms'), shop.choose(page, 'sms')]);
    await shop.choose(page, 'sms');

    const paid = shop.told().filter((fields) => fields['LMI_HASH'] !== undefined);
    assert.equal(paid.length, 1);
    assert.match(await (await fetch(page)).text(), /This payment is made already/);
  });

  it('leaves the page open after a failed try, and leads back from a refused payment', async () => {
    const page = await shop.open();

    const failed = await shop.choose(page, 'wrong-code');
    assert.equal(failed.headers.get('location'), new URL(page).pathname);
    assert.match(await (await fetch(page)).text(), /The confirmation code is wrong/);
    const left = await shop.choose(page, 'leave');
    assert.match(await left.text(), /still open/);
    const refused = await shop.choose(page, 'refuse');

    const address = new URL(refused.headers.get('location') ?? '');
    assert.equal(address.origin + address.pathname, 'https://shop.example/failed');
    assert.equal(address.searchParams.get('LMI_PAYMENT_NO'), '1001');
    assert.equal(address.searchParams.get('LMI_SYS_TRANS_NO'), '');
    assert.equal(shop.notices.length, 0);
    await shop.choose(page, 'sms');
    assert.equal((await shop.status()).one('retval'), '7');
  });

  it('tells of failed tries where the shop wants that', async () => {
    await given({ tellsFailures: true });
    await shop.choose(await shop.open(), 'not-enough');

    const [failure] = shop.told();
    assert.equal(failure?.['LMI_FAILREQUEST'], '1');
    assert.equal(failure['LMI_PAYMENT_NO'], '1001');
    assert.deepEqual([failure['LMI_PREREQUEST'], failure['LMI_HASH']], [undefined, undefined]);
  });

  it('leads back by a form or by a bare link where the shop wants that', async () => {
    await given({ takesUrlsFromForm: true });
    const own = {
      LMI_SUCCESS_URL: 'https://other.example/good',
      LMI_FAIL_URL: 'https://other.example/bad',
      LMI_SUCCESS_METHOD: '1',
      LMI_FAIL_METHOD: '2',
    };
    const page = await shop.open(own);
    const paid = await shop.choose(page, 'sms');
    assert.equal(paid.headers.get('location'), new URL(page).pathname);
    const text = await (await fetch(page)).text();
    assert.match(text, /<form method="post" action="https:\/\/other\.example\/good"/);
    assert.match(text, /<input type="hidden" name="LMI_PAYMENT_NO" value="1001" \/>/);

    const other = await shop.open({ ...own, LMI_PAYMENT_NO: '1002' });
    await shop.choose(other, 'refuse');
    assert.match(await (await fetch(other)).text(), /href="https:\/\/other\.example\/bad"/);
  });

  it('takes no addresses from a form unless the purse is set so', async () => {
    const back = await shop.choose(
      await shop.open({
        LMI_SUCCESS_URL: 'https://thief.example/',
        LMI_RESULT_URL: 'http://127.0.0.1:1/',
      }),
      'sms',
    );
    assert.match(back.headers.get('location') ?? '', /^https:\/\/shop\.example\/paid/);
    assert.equal(shop.notices.length, 2);
  });

  it('asks and tells where the form wants that, where the purse is set so', async () => {
    await given({ takesUrlsFromForm: true, notifyUrl: 'http://127.0.0.1:1/' });
    const { shopUrl: LMI_RESULT_URL } = shop;
    await shop.choose(await shop.open({ LMI_RESULT_URL }), 'sms');
    assert.equal(shop.notices.length, 2);
  });

  it('closes a page nobody has paid on for a day', async () => {
    const page = await shop.open();
    await shop.timers.advance(24 * 60 * 60_000 - 1);
    assert.match(await (await fetch(page)).text(), /value="sms"/);

    await shop.timers.advance(1);

    assert.match(await (await fetch(page)).text(), /The time for this payment is over/);
    await shop.choose(page, 'sms');
    assert.equal(shop.notices.length, 0);
  });

  describe('refuses a form', () => {
    const refused = async (more: Record<string, string>, why: RegExp) => {
      const answer = await shop.form(more);
      assert.equal(answer.status, 400, JSON.stringify(more));
      assert.match(await answer.text(), why);
    };

    it('with a field that is missing, wrong or too long', async () => {
      await refused({ LMI_PAYEE_PURSE: '' }, /LMI_PAYEE_PURSE is missing/);
      await refused({ LMI_PAYEE_PURSE: 'Z12342847679' }, /not a purse/);
      await refused({ LMI_PAYEE_PURSE: 'Z123428476790' }, /unknown/);
      await refused({ LMI_PAYEE_PURSE: 'R123428476799' }, /closed/);
      for (const amount of ['0', '0.00', '-1', '1,50', '1.505', '1e3', '']) {
        await refused({ LMI_PAYMENT_AMOUNT: amount }, /LMI_PAYMENT_AMOUNT/);
      }
      for (const number of ['', '0', '-5', 'p1', '2147483648', '1234567890123456']) {
        await refused({ LMI_PAYMENT_NO: number }, /LMI_PAYMENT_NO/);
      }
      await refused({ LMI_PAYMENT_DESC: '' }, /LMI_PAYMENT_DESC/);
      await refused({ LMI_PAYMENT_DESC: 'ё'.repeat(256) }, /longer than 255/);
      await refused({ LMI_PAYMENT_DESC_BASE64: 'не base64' }, /not Base64/);
      await refused(
        { LMI_RESULT_URL: `https://shop.example/${'a'.repeat(250)}` },
        /LMI_RESULT_URL/,
      );
      await refused({ LMI_SUCCESS_METHOD: '3' }, /LMI_SUCCESS_METHOD/);
      await refused({ LMI_SIM_MODE: '4' }, /LMI_SIM_MODE/);
      await refused({ LMI_HOLD: '3' }, /agreement/);
      await refused({ own: 'a'.repeat(17_000) }, /16 KiB/);
    });

    it('that has a field twice, or is not a form', async () => {
      const body = new URLSearchParams({ ...goodForm });
      body.append('LMI_PAYMENT_AMOUNT', '1.00');
      const twice = await fetch(`${shop.url}/lmi/payment_utf.asp`, { method: 'POST', body });
      assert.match(await twice.text(), /LMI_PAYMENT_AMOUNT comes twice/);
      const headers = { 'content-type': 'application/json' };
      const json = { method: 'POST', body: '{}', headers };
      assert.equal((await fetch(`${shop.url}/lmi/payment_utf.asp`, json)).status, 400);
    });

    it('of a number that is paid, where numbers are to be unique', async () => {
      await given({ hasUniqueNumbers: true });
      const page = await shop.open();
      const other = await shop.open({ LMI_PAYMENT_AMOUNT: '14.60' });
      await shop.choose(page, 'sms');

      await refused({}, /paid already/);
      await shop.choose(other, 'sms');
      assert.equal((await shop.order({ outcome: 'pay-again' })).status, 409);
      const paid = shop.told().filter((fields) => fields['LMI_HASH'] !== undefined);
      assert.equal(paid.length, 1);
    });

    it('without a good signature, where the shop signs its forms', async () => {
      await given({ secretKeyX20: 'x20-key', allowsHold: true });
      const sign = hex('sha256', `${purse};14.65;1001;x20-key;`);
      const held = hex('sha256', `${purse};14.65;3;1001;x20-key;`);

      await refused({}, /LMI_PAYMENTFORM_SIGN is missing/);
      await refused({ LMI_PAYMENTFORM_SIGN: held }, /LMI_PAYMENTFORM_SIGN is wrong/);
      await refused({ LMI_PAYMENTFORM_SIGN: sign, LMI_PAYMENT_AMOUNT: '14.60' }, /wrong/);
      await shop.open({ LMI_PAYMENTFORM_SIGN: sign.toUpperCase() });
      assert.equal((await shop.order({ outcome: 'pay', amountMinor: 1 })).status, 409);
      await shop.open({ LMI_PAYMENTFORM_SIGN: held, LMI_HOLD: '3' });
    });
  });

  it('lets a test form decide whether it succeeds', async () => {
    await given({ isTest: true });
    const results: Record<string, number> = {};
    for (const [at, mode] of [...'0011', ...'2'.repeat(10)].entries()) {
      const number = String(1001 + at);
      const page = await shop.open({ LMI_PAYMENT_NO: number, LMI_SIM_MODE: mode });
      await shop.choose(page, 'sms');
      const isPaid = (await shop.status({ lmi_payment_no: number })).one('retval') === '0';
      results[mode] = (results[mode] ?? 0) + (isPaid ? 1 : 0);
    }
    assert.deepEqual(results, { 0: 2, 1: 0, 2: 8 });
    assert.equal(shop.told()[0]?.['LMI_MODE'], '1');
  });
});
