import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { hash2Of, hashOf } from '../../../src/adapters/simulators/webmoney/hashes.ts';
import { webmoneySimulator } from '../../../src/adapters/simulators/webmoney/webmoney-simulator.ts';
import type { WebmoneySimulatorSettings } from '../../../src/adapters/simulators/webmoney/webmoney-simulator.ts';
import { givenSystem } from './running-system.ts';
import type { RunningSystem, ShopNotice } from './running-system.ts';

export const wmid = '205312345678';
export const purse = 'Z123428476799';
export const secretKey = '226778888';

type Fields = Readonly<Record<string, string>>;

/** An answer of the XML interfaces, read as the plain text it is. */
export interface XmlReply {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  /** The text of the first element of that name. */
  one(name: string): string | undefined;
}

/** A shop with a purse at the simulated WebMoney. */
export interface WebmoneyShop extends RunningSystem {
  /** Sends the form of payment 1001, `p1` to the shop, of 14.65, as a browser does. */
  form(more?: Fields, page?: string, headers?: Fields): Promise<Response>;
  /** Sends the form and returns the address of the payer's page. */
  open(more?: Fields): Promise<string>;
  choose(page: string, choice: string): Promise<Response>;
  /** Lets payer or forger act on `p1`. */
  order(order: object): Promise<{ status: number; json: Record<string, unknown> }>;
  xml(path: string, body: string, type?: string): Promise<XmlReply>;
  /** Asks X18 about payment 1001. */
  status(more?: Fields): Promise<XmlReply>;
  refund(transferNo: string, amount: string, more?: Fields): Promise<XmlReply>;
  /** What it was asked and told, oldest first. */
  told(): Fields[];
}

export async function givenWebmoney(
  settings: Partial<WebmoneySimulatorSettings> = {},
): Promise<WebmoneyShop> {
  const running = await givenSystem((router, world, notifyUrl) => {
    const successUrl = 'https://shop.example/paid?lang=ru';
    const failUrl = 'https://shop.example/failed';
    const whole = { wmid, purse, secretKey, notifyUrl, successUrl, failUrl, ...settings };
    webmoneySimulator(router, whole, world);
  });
  running.shopBody = 'YES';
  const { url } = running;

  const form: WebmoneyShop['form'] = (more = {}, page = '/lmi/payment_utf.asp', headers = {}) =>
    fetch(url + page, {
      method: 'POST',
      body: new URLSearchParams({ ...goodForm, ...more }),
      headers,
      redirect: 'manual',
    });
  const xml: WebmoneyShop['xml'] = async (path, body, type = 'text/xml') => {
    const init = { method: 'POST', body, headers: { 'content-type': type } };
    const answer = await fetch(url + path, init);
    const bytes = await answer.arrayBuffer();
    const text = new TextDecoder('windows-1251').decode(bytes);
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      text,
      one: (name) => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(text)?.[1],
    };
  };
  let reqn = 1;
  return Object.assign(running, {
    form,
    xml,
    open: async (more: Fields = {}) => {
      const answer = await form(more);
      assert.equal(answer.status, 303, await answer.text());
      return url + String(answer.headers.get('location'));
    },
    choose: (page: string, choice: string) =>
      fetch(page, {
        method: 'POST',
        body: new URLSearchParams({ choice }),
        redirect: 'manual',
      }),
    order: (order: object) => running.control('/control/webmoney/payments/p1', order),
    status: (more: Fields = {}) => {
      const asked = { wmid, lmi_payee_purse: purse, lmi_payment_no: '1001', ...more };
      const proof = hex('sha256', wmid + purse + asked.lmi_payment_no + secretKey);
      const body = elements({ sha256: proof, ...asked });
      return xml('/conf/xml/XMLTransGet.asp', `<merchant.request>${body}</merchant.request>`);
    },
    refund: (inwmtranid: string, amount: string, more: Fields = {}) => {
      reqn += 1;
      const head = elements({ reqn: String(reqn), wmid, sign: keeperSign, ...more });
      const trans = elements({ inwmtranid, amount });
      const body = `<w3s.request>${head}<trans>${trans}</trans></w3s.request>`;
      return xml('/asp/XMLTransMoneybackCert.asp', body);
    },
    told: () => running.notices.map(fieldsOf),
  });
}

export const goodForm: Fields = {
  LMI_PAYEE_PURSE: purse,
  LMI_PAYMENT_AMOUNT: '14.65',
  LMI_PAYMENT_NO: '1001',
  LMI_PAYMENT_DESC: 'Счёт 7000001-1 & <b>',
  PORTAL_PAYMENT_ID: 'p1',
};
export const keeperSign = 'ab'.repeat(66);

export const elements = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');

export const fieldsOf = ({ body }: ShopNotice): Fields =>
  Object.fromEntries(new URLSearchParams(body.toString('utf8')));

/** Written again here, so that the tests do not trust what they test. */
export function hashFor(fields: Fields, between: '' | ';', secret = secretKey, method = 'sha256') {
  const { LMI_PAYEE_PURSE, LMI_PAYMENT_AMOUNT, LMI_HOLD, LMI_PAYMENT_NO, LMI_MODE } = fields;
  const { LMI_SYS_INVS_NO, LMI_SYS_TRANS_NO, LMI_SYS_TRANS_DATE } = fields;
  const values = [LMI_PAYEE_PURSE, LMI_PAYMENT_AMOUNT, LMI_HOLD, LMI_PAYMENT_NO, LMI_MODE];
  values.push(LMI_SYS_INVS_NO, LMI_SYS_TRANS_NO, LMI_SYS_TRANS_DATE, secret);
  values.push(fields['LMI_PAYER_PURSE'], fields['LMI_PAYER_WM']);
  return hex(method, values.filter((value) => value !== undefined).join(between)).toUpperCase();
}

export const hex = (method: string, text: string): string =>
  createHash(method).update(text).digest('hex');

describe('the hashes of WebMoney, by the published example', () => {
  const values = {
    payeePurse: 'Z123428476799',
    amount: '14.65',
    hold: undefined,
    number: '1444212666',
    mode: '1',
    invoiceNo: '897',
    transferNo: '892',
    transferDate: '20151007 13:07:36',
    payerPurse: 'Z366393600555',
    payerWmid: '404521188333',
  };
  const fields = {
    LMI_PAYEE_PURSE: values.payeePurse,
    LMI_PAYMENT_AMOUNT: values.amount,
    LMI_PAYMENT_NO: values.number,
    LMI_MODE: values.mode,
    LMI_SYS_INVS_NO: values.invoiceNo,
    LMI_SYS_TRANS_NO: values.transferNo,
    LMI_SYS_TRANS_DATE: values.transferDate,
    LMI_PAYER_PURSE: values.payerPurse,
    LMI_PAYER_WM: values.payerWmid,
  };

  it('are what the example says, here and in the tests', () => {
    const published = '0B12E75431284D6FCC05D8AF02B90AC28A0788FB95C9FF6B655344022F0746E5';
    assert.equal(hashOf(values, '226778888', 'SHA256'), published);
    assert.equal(hashFor(fields, '', '226778888'), published);
  });

  it('differ in the mark between the values, and cover the days of a hold', () => {
    const text =
      'Z123428476799;14.65;1444212666;1;897;892;20151007 13:07:36;226778888;' +
      'Z366393600555;404521188333';
    assert.equal(hash2Of(values, '226778888'), hex('sha256', text).toUpperCase());
    const held = text.replace(';14.65;', ';14.65;3;');
    const hash2 = hash2Of({ ...values, hold: '3' }, '226778888');
    assert.equal(hash2, hex('sha256', held).toUpperCase());
  });

  it('are 32 digits long for a purse of the old kind', () => {
    assert.equal(hashOf(values, '226778888', 'MD5'), hashFor(fields, '', '226778888', 'md5'));
    assert.equal(hashOf(values, '226778888', 'MD5').length, 32);
  });
});
