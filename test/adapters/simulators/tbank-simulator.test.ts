import assert from 'node:assert/strict';
import { tokenOf } from '../../../src/adapters/simulators/tbank/token.ts';
import { givenTbank, password, terminalKey, tokenFor } from './tbank-shop.ts';
import type { TbankShop } from './tbank-shop.ts';

const HOUR = 60 * 60_000;

describe('the simulated T-Bank', () => {
  let shop: TbankShop;
  beforeEach(async () => {
    shop = await givenTbank();
  });
  afterEach(() => shop.close());

  it('signs as the published vector says, and leaves nested fields out', () => {
    const fields = {
      TerminalKey: 'MerchantTerminalKey',
      Amount: 19_200,
      OrderId: '21090',
      Description: 'Подарочная карта на 1000 рублей',
    };
    const nested = { Receipt: { Items: [1] }, DATA: { Email: 'a@b.c' }, Shops: [{ Amount: 1 }] };
    const token = '0024a00af7c350a3a67ca168ce06502aa72772456662e38696d48b56ee9c97d9';

    assert.equal(tokenOf(fields, 'usaf8fw8fsw21g'), token);
    assert.equal(tokenOf({ ...fields, ...nested, Token: 'x' }, 'usaf8fw8fsw21g'), token);
    assert.equal(
      tokenOf({ No: false, Yes: true }, 'p'),
      tokenOf({ No: 'false', Yes: 'true' }, 'p'),
    );
  });

  it('starts a payment and says where its payer goes', async () => {
    const payment = await shop.init({ PayType: 'O', Language: 'ru' });

    const { PaymentURL, PaymentId, ...rest } = payment;
    assert.deepEqual(rest, {
      TerminalKey: terminalKey,
      Success: true,
      ErrorCode: '0',
      Message: 'OK',
      OrderId: 'p1',
      Status: 'NEW',
      Amount: 123_450,
    });
    assert.match(String(PaymentId), /^\d+$/);
    assert.ok(String(PaymentURL).startsWith(`${shop.url}/tbank/pay/`));
  });

  it('takes an order id once, in whatever state its payment is, and says what became of it', async () => {
    const { PaymentId } = await shop.init();
    await shop.order({ outcome: 'expire' });

    const again = await shop.init();
    const same = await shop.call('CheckOrder', { OrderId: 'p1' });
    const none = await shop.call('CheckOrder', { OrderId: 'p2' });

    assert.deepEqual(
      [again['Success'], again['ErrorCode'], again['PaymentURL']],
      [false, '8', undefined],
    );
    assert.deepEqual(same['Payments'], [
      { PaymentId, Status: 'DEADLINE_EXPIRED', Amount: 123_450, Success: true, ErrorCode: '0' },
    ]);
    assert.deepEqual([none['Success'], none['Payments']], [true, []]);
  });

  describe('lets in nobody', () => {
    const fields = { TerminalKey: terminalKey, OrderId: 'p1' };
    const refused = async (body: object) => {
      const answer = await shop.send('CheckOrder', JSON.stringify(body));
      const json = (await answer.json()) as Record<string, unknown>;
      return [answer.status, json['Success'], json['ErrorCode']];
    };

    it('from another terminal', async () => {
      const stranger = { ...fields, TerminalKey: 'SomebodyElse' };
      const body = { ...stranger, Token: tokenFor(stranger) };
      assert.deepEqual(await refused(body), [200, false, '331']);
    });

    it('without a token, or with one of another password, other fields or another case', async () => {
      const token = tokenFor(fields);
      const bad = [
        undefined,
        7,
        '',
        token.toUpperCase(),
        token.slice(1),
        tokenFor(fields, 'another'),
        tokenFor({ ...fields, OrderId: 'p2' }),
      ];
      for (const Token of bad) {
        assert.deepEqual(await refused({ ...fields, Token }), [200, false, '204']);
      }
      assert.deepEqual(await refused({ ...fields, Token: token }), [200, true, '0']);
    });

    it('whose terminal is blocked', async () => {
      const blocked = await givenTbank({ isBlocked: true });
      const { ErrorCode } = await blocked.init();
      await blocked.close();
      assert.equal(ErrorCode, '202');
    });
  });

  it('takes what is just long enough and refuses what is missing, too long or of another kind', async () => {
    const pairs = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 'v']));
    const good = {
      OrderId: 'x'.repeat(50),
      Description: 'ё'.repeat(140),
      DATA: { ...pairs(19), ['k'.repeat(20)]: 'v'.repeat(100) },
      Receipt: { Items: [] },
      NotificationURL: 'http://127.0.0.1:1/notify',
      RedirectDueDate: '2026-03-11T12:00:01+03:00',
    };
    assert.equal((await shop.init(good))['ErrorCode'], '0');

    const bad: [string, object, string?][] = [
      ['OrderId', { OrderId: undefined }],
      ['OrderId', { OrderId: '' }],
      ['OrderId', { OrderId: 'x'.repeat(51) }],
      ['OrderId', { OrderId: 7 }],
      ['Amount', { Amount: undefined }],
      ['Amount', { Amount: 0 }],
      ['Amount', { Amount: -1 }],
      ['Amount', { Amount: 10.5 }],
      ['Amount', { Amount: '123450' }],
      ['Description', { Description: 'x'.repeat(141) }],
      ['PayType', { PayType: 'X' }],
      ['Language', { Language: 'de' }],
      ['SuccessURL', { SuccessURL: 'javascript:alert(1)' }],
      ['FailURL', { FailURL: '/failed' }],
      ['RedirectDueDate', { RedirectDueDate: '2026-03-11 13:00' }],
      ['RedirectDueDate', { RedirectDueDate: '2026-03-11T12:00:00+03:00' }],
      ['DATA', { DATA: pairs(21) }],
      ['DATA', { DATA: { ['k'.repeat(21)]: 'v' } }],
      ['DATA', { DATA: { k: 'v'.repeat(101) } }],
      ['Receipt', { Receipt: 'none' }, '308'],
      ['', { Desciption: 'misspelt' }],
    ];
    for (const [name, more, code = '9999'] of bad) {
      const { ErrorCode, Details } = await shop.init(more as Record<string, unknown>);
      assert.deepEqual(
        [ErrorCode, String(Details).startsWith(name)],
        [code, true],
        String(Details),
      );
    }
    const seen = await shop.call('CheckOrder', { OrderId: 'p1' });
    assert.deepEqual(seen['Payments'], []);
  });

  it('reads JSON objects only, a doubled name by its last value, and nothing above 256 KiB', async () => {
    const fields = { TerminalKey: terminalKey, OrderId: 'p1' };
    const codeOf = async (body: string, type?: string) => {
      const answer = await shop.send('CheckOrder', body, type);
      return ((await answer.json()) as Record<string, unknown>)['ErrorCode'];
    };
    const body = JSON.stringify({ ...fields, Token: tokenFor(fields) });

    assert.equal(await codeOf(body), '0');
    assert.equal(await codeOf(body, 'text/plain'), '9999');
    for (const other of ['', 'TerminalKey=x', '[]', 'null', '"x"']) {
      assert.equal(await codeOf(other), '9999');
    }
    assert.equal(await codeOf(body.replace('}', ',"OrderId":"p2"}')), '204');
    assert.equal((await shop.send('CheckOrder', ' '.repeat(300_000) + body)).status, 413);
  });

  it('does not know a payment it has not made', async () => {
    for (const method of ['GetState', 'Confirm', 'Cancel', 'GetQr', 'SbpPayTest']) {
      const { Success, ErrorCode } = await shop.call(method, { PaymentId: '1' });
      assert.deepEqual([Success, ErrorCode], [false, '7'], method);
    }
  });

  it('lets the payer’s time run out to the millisecond, a day where the shop does not say', async () => {
    const short = await shop.init({ RedirectDueDate: '2026-03-11T13:00:00+03:00' });
    const long = await shop.init({ OrderId: 'p2' });

    await shop.timers.advance(HOUR - 1);
    assert.equal(await shop.stateOf(short), 'NEW');
    await shop.timers.advance(1);
    assert.equal(await shop.stateOf(short), 'DEADLINE_EXPIRED');
    await shop.timers.advance(23 * HOUR - 1);
    assert.equal(await shop.stateOf(long), 'NEW');
  });

  it('tells of a payment whose time is over though nobody looks at it', async () => {
    await shop.init({ RedirectDueDate: '2026-03-11T10:00:00Z' });

    await shop.timers.advance(HOUR + 60_000);

    const told = await shop.told();
    assert.deepEqual(
      told.map(({ Status }) => Status),
      ['DEADLINE_EXPIRED'],
    );
    assert.equal((await shop.order({ outcome: 'pay' })).status, 409);
  });

  it('lets a payer without cards pay by QR code', async () => {
    const payment = await shop.init();
    const { PaymentId } = payment;
    const early = await shop.call('SbpPayTest', { PaymentId });

    const qr = await shop.call('GetQr', { PaymentId: Number(PaymentId), DataType: 'PAYLOAD' });
    await shop.call('SbpPayTest', { PaymentId, IsRejected: true });
    const between = await shop.stateOf(payment);
    await shop.call('SbpPayTest', { PaymentId });

    assert.deepEqual([early['ErrorCode'], qr['Data']], ['8', payment['PaymentURL']]);
    assert.deepEqual([between, await shop.stateOf(payment)], ['FORM_SHOWED', 'CONFIRMED']);
    const told = await shop.told();
    assert.deepEqual(
      told.map(({ Status, Pan }) => [Status, Pan]),
      [
        ['REJECTED', undefined],
        ['CONFIRMED', undefined],
      ],
    );
    assert.equal((await shop.call('GetQr', { PaymentId }))['ErrorCode'], '8');
    assert.equal((await shop.call('GetQr', { PaymentId, DataType: 'IMAGE' }))['ErrorCode'], '9999');
  });

  it('lets time run out on a QR code in tests, on test terminals only', async () => {
    const live = await givenTbank({ terminalKey: '1650000000000' });
    const real = { PaymentId: (await live.init())['PaymentId'] };
    await live.call('GetQr', real);
    const forbidden = await live.call('SbpPayTest', real);
    await live.close();

    const payment = await shop.init();
    const { PaymentId } = payment;
    await shop.call('GetQr', { PaymentId });
    const both = { PaymentId, IsDeadlineExpired: true, IsRejected: true };
    const torn = await shop.call('SbpPayTest', both);
    await shop.call('SbpPayTest', { ...both, IsRejected: false });

    assert.deepEqual([forbidden['ErrorCode'], torn['ErrorCode']], ['331', '9999']);
    assert.equal(await shop.stateOf(payment), 'DEADLINE_EXPIRED');
  });

  it('knows its password by one name only', async () => {
    const fields = { TerminalKey: terminalKey, OrderId: 'p1', Password: password };
    const { ErrorCode } = await shop.call('CheckOrder', fields);
    assert.equal(ErrorCode, '9999');
  });
});
