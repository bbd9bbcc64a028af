import assert from 'node:assert/strict';
import { elements, givenWebmoney, hex, keeperSign } from './webmoney-shop.test.ts';
import { purse, secretKey, wmid } from './webmoney-shop.test.ts';
import type { WebmoneyShop } from './webmoney-shop.test.ts';

const DAY = 24 * 60 * 60_000;
const proofOf = (number: string, method: string) => hex(method, wmid + purse + number + secretKey);

describe('the XML interfaces of the simulated WebMoney', () => {
  let shop: WebmoneyShop;
  const given = async (settings: Parameters<typeof givenWebmoney>[0]) => {
    await shop.close();
    shop = await givenWebmoney(settings);
  };
  const paid = async (more: Record<string, string> = {}) => {
    await shop.open(more);
    await shop.order({ outcome: 'pay' });
    return shop.told().at(-1)?.['LMI_SYS_TRANS_NO'] ?? '';
  };
  beforeEach(async () => {
    shop = await givenWebmoney();
  });
  afterEach(() => shop.close());

  describe('X18, the question about a payment', () => {
    it('tells of a paid one what its notification told, in windows-1251', async () => {
      const transferNo = await paid({ LMI_PAYMENT_DESC: 'Счёт № 1 & <☃>' });

      const answer = await shop.status();

      assert.equal(answer.type, 'text/xml; charset=windows-1251');
      assert.match(answer.text, /^<\?xml version="1\.0" encoding="windows-1251"\?>/);
      assert.ok(answer.text.includes('<purpose>Счёт № 1 &amp; &lt;&#9731;&gt;</purpose>'));
      const names = ['amount', 'operdate', 'pursefrom', 'wmidfrom', 'hold_period', 'retval'];
      assert.deepEqual(
        names.map((name) => answer.one(name)),
        ['14.65', '20260311 12:00:00', 'Z366393600555', '404521188333', '0', '0'],
      );
      const invoiceNo = shop.told().at(-1)?.['LMI_SYS_INVS_NO'];
      const head = `<operation wmtransid="${transferNo}" wminvoiceid="${invoiceNo}">`;
      assert.ok(answer.text.includes(head));
    });

    it('finds a payment by its number, its invoice or its transfer', async () => {
      const transferNo = await paid();
      const invoiceNo = shop.told().at(-1)?.['LMI_SYS_INVS_NO'] ?? '';
      const found = async (lmi_payment_no: string, lmi_payment_no_type: string) => {
        const answer = await shop.status({ lmi_payment_no, lmi_payment_no_type });
        return answer.one('retval');
      };

      for (const [number, type] of [
        ['1001', '1'],
        [invoiceNo, '2'],
        [transferNo, '3'],
      ] as const) {
        assert.deepEqual(
          [await found(number, type), await found(number, '0'), await found(number, '')],
          ['0', '0', '0'],
        );
      }
      assert.deepEqual([await found('1001', '3'), await found(transferNo, '1')], ['7', '7']);
    });

    it('tells of the paid one though the same form was brought again', async () => {
      const transferNo = await paid();
      await shop.open();
      assert.ok((await shop.status()).text.includes(`wmtransid="${transferNo}"`));
    });

    it('takes each proof, but exactly one, and a true one', async () => {
      await paid();
      const retval = async (proofs: Record<string, string>) => {
        const answer = await shop.status({ sha256: '', ...proofs });
        assert.equal(answer.status, 200);
        return answer.one('retval');
      };
      const sha256 = proofOf('1001', 'sha256');

      assert.equal(await retval({ sha256 }), '0');
      assert.equal(await retval({ md5: proofOf('1001', 'md5') }), '0');
      assert.equal(await retval({ secret_key: secretKey }), '0');
      assert.equal(await retval({}), '-100');
      assert.equal(await retval({ sha256, md5: proofOf('1001', 'md5') }), '-100');
      assert.equal(await retval({ sha256: proofOf('1002', 'sha256') }), '-100');
      assert.equal(await retval({ sha256: sha256.toUpperCase() }), '-100');
      assert.equal(await retval({ sign: keeperSign }), '-100');
      const foreign = hex('sha256', `123456789012${purse}1001${secretKey}`);
      assert.equal(await retval({ wmid: '123456789012', sha256: foreign }), '-101');
    });

    it('says 7, or what older texts say, while nothing is paid', async () => {
      await shop.open();
      assert.equal((await shop.status()).one('retval'), '7');
      await given({ unpaidRetval: -8 });
      assert.equal((await shop.status()).one('retval'), '7');
      await shop.open();
      assert.equal((await shop.status()).one('retval'), '-8');
    });

    it('knows whether the money is still on hold', async () => {
      await given({ allowsHold: true });
      await paid({ LMI_HOLD: '3' });
      const held = async () => {
        const answer = await shop.status();
        return [answer.one('hold_period'), answer.one('hold_state')];
      };
      assert.deepEqual(await held(), ['3', '1']);
      await shop.timers.advance(3 * DAY);
      assert.deepEqual(await held(), ['3', '0']);
    });

    it('refuses what is not XML of its kind, and any document type', async () => {
      const path = '/conf/xml/XMLTransGet.asp';
      const good = elements({ wmid, lmi_payee_purse: purse, lmi_payment_no: '1001' });
      for (const body of [
        '',
        'wmid=1',
        '<merchant.request>',
        '<w3s.request></w3s.request>',
        '<merchant.request><wmid>1</wmid></merchant.request>',
        `<merchant.request>${good}${good}<md5>a</md5></merchant.request>`,
        '<a>'.repeat(50_000),
        `${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`,
      ]) {
        const answer = await shop.xml(path, body);
        assert.deepEqual([answer.status, answer.one('retval')], [200, '-100'], body.slice(0, 60));
      }
      await paid();
      const proven = `<merchant.request>${good}<secret_key>${secretKey}</secret_key></merchant.request>`;
      assert.equal((await shop.xml(path, proven)).one('retval'), '0');
      for (const type of ['<!DOCTYPE a>', '<!doctype a [<!ENTITY b "1001">]>']) {
        assert.equal((await shop.xml(path, type + proven)).one('retval'), '-100');
      }
      const asJson = await shop.xml(path, '<merchant.request/>', 'application/json');
      assert.equal(asJson.one('retval'), '-100');
      assert.equal((await shop.xml(path, ' '.repeat(300_000))).status, 413);
    });
  });

  describe('X14, the way back of money', () => {
    it('pays back a part and then the rest, but not a hundredth more', async () => {
      const transferNo = await paid();

      const part = await shop.refund(transferNo, '4.65');
      const tooMuch = await shop.refund(transferNo, '10.01');
      const rest = await shop.refund(transferNo, '10');
      const nothing = await shop.refund(transferNo, '0.01');

      const told = ['retval', 'inwmtranid', 'pursesrc', 'pursedest', 'amount', 'datecrt'];
      assert.deepEqual(
        told.map((name) => part.one(name)),
        ['0', transferNo, purse, 'Z366393600555', '4.65', '20260311 12:00:00'],
      );
      assert.match(part.text, /<operation id="\d+" ts="\d+">/);
      assert.equal(part.one('reqn'), '2');
      assert.deepEqual([rest.one('retval'), rest.one('amount')], ['0', '10.00']);
      for (const refused of [tooMuch, nothing]) {
        assert.ok(Number(refused.one('retval')) > 0);
        assert.doesNotMatch(refused.text, /<operation/);
      }
      const { json } = await shop.order({ outcome: 'leave' });
      assert.deepEqual(json['notifications'], []);
    });

    it('asks for the owner’s signature, or for the certificate the settings speak of', async () => {
      const transferNo = await paid();
      for (const more of [{ sign: '' }, { sign: 'ab' }, { wmid: '123456789012' }]) {
        assert.equal((await shop.refund(transferNo, '1.00', more)).one('retval'), '-101');
      }

      await given({ showsCertificate: true });
      const other = await paid();
      assert.equal((await shop.refund(other, '1.00', { sign: '' })).one('retval'), '0');
      assert.equal((await shop.refund(other, '1.00', { sign: 'ab' })).one('retval'), '-101');
    });

    it('wants each request number to grow, and a repeat with a larger one pays back again', async () => {
      const transferNo = await paid();
      const retvals: (string | undefined)[] = [];
      for (const reqn of ['10', '10', '9', '11', '2026031112000000', 'x']) {
        retvals.push((await shop.refund(transferNo, '1.00', { reqn })).one('retval'));
      }
      assert.deepEqual(retvals, ['0', '-102', '-102', '0', '-100', '-100']);
      assert.equal((await shop.refund(transferNo, '12.66', { reqn: '12' })).one('retval'), '17');
      assert.equal((await shop.refund(transferNo, '12.65', { reqn: '13' })).one('retval'), '0');
    });

    it('refuses a transfer it does not know, a wrong sum and what is too long ago', async () => {
      const transferNo = await paid();
      assert.equal((await shop.refund('1', '1.00')).one('retval'), '7');
      for (const amount of ['0', '-1', '1,00', '']) {
        assert.equal((await shop.refund(transferNo, amount)).one('retval'), '-100');
      }
      await shop.timers.advance(30 * DAY);
      assert.equal((await shop.refund(transferNo, '1.00')).one('retval'), '0');
      await shop.timers.advance(1);
      assert.equal((await shop.refund(transferNo, '1.00')).one('retval'), '18');
    });
  });

  describe('X3, the history of the purse', () => {
    let reqn = 100;
    const history = (more: Record<string, string> = {}) => {
      reqn += 1;
      const head = elements({ reqn: String(reqn), wmid, sign: keeperSign });
      const span = { datestart: '20260311 12:00:00', datefinish: '20260312 11:59:59' };
      const asked = elements({ purse, ...span, ...more });
      const body = `<w3s.request>${head}<getoperations>${asked}</getoperations></w3s.request>`;
      return shop.xml('/asp/XMLOperationsCert.asp', body);
    };

    it('tells what came in and what went back, oldest first, within the span and no further', async () => {
      const first = await paid();
      await shop.timers.advance(DAY - 1);
      await shop.refund(first, '4.65');
      await shop.timers.advance(1);
      const second = await paid({ LMI_PAYMENT_NO: '1002' });

      const answer = await history();
      const all = await history({ datefinish: '20260312 12:00:00' });

      assert.equal(answer.one('retval'), '0');
      assert.match(answer.text, /<operations cnt="2"><operation id="(\d+)" ts="\1">/);
      const amounts = [...answer.text.matchAll(/<amount>([^<]*)</g)].map((found) => found[1]);
      const orders = [...answer.text.matchAll(/<orderid>([^<]*)</g)].map((found) => found[1]);
      const sources = [...answer.text.matchAll(/<pursesrc>([^<]*)</g)].map((found) => found[1]);
      assert.deepEqual(amounts, ['14.65', '4.65']);
      assert.deepEqual(orders, ['1001', '1001']);
      assert.deepEqual(sources, ['Z366393600555', purse]);
      assert.ok(answer.text.includes(`<desc>Moneyback of ${first}</desc>`));
      assert.match(all.text, /cnt="3"/);
      assert.ok(all.text.includes(`id="${second}"`));
    });

    it('finds one operation by its numbers', async () => {
      const transferNo = await paid();
      await paid({ LMI_PAYMENT_NO: '1002' });

      for (const more of [{ wmtranid: transferNo }, { orderid: '1001' }]) {
        const answer = await history(more);
        assert.match(answer.text, /cnt="1"/);
        assert.ok(answer.text.includes(`id="${transferNo}"`));
      }
      assert.match((await history({ orderid: '0', wminvid: '' })).text, /cnt="2"/);
      assert.match((await history({ tranid: '5' })).text, /cnt="0"/);
    });

    it('refuses a span that is none, a foreign purse and a number that does not grow', async () => {
      for (const more of [
        { datestart: '' },
        { datefinish: '2026-03-12' },
        { datestart: '20260230 00:00:00' },
        { datestart: '20260313 00:00:00' },
      ]) {
        assert.equal((await history(more)).one('retval'), '-100', JSON.stringify(more));
      }
      assert.equal((await history({ purse: 'Z000000000000' })).one('retval'), '-101');
      await history();
      reqn -= 1;
      assert.equal((await history()).one('retval'), '-102');
    });
  });
});
