import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fieldsOf, givenTbank, terminalKey, tokenFor } from './tbank-shop.ts';
import type { TbankShop } from './tbank-shop.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

describe('what the simulated T-Bank tells the shop', () => {
  let shop: TbankShop;
  beforeEach(async () => {
    shop = await givenTbank();
  });
  afterEach(() => shop.close());

  it('is signed, names the payment, masks the card and gives back what the shop sent along', async () => {
    const { PaymentId } = await shop.init({ DATA: { Account: '7000001' } });

    const { json } = await shop.order({ outcome: 'pay' });

    const [notice] = shop.notices;
    const { Token, ...fields } = fieldsOf(notice!);
    assert.equal(notice?.headers['content-type'], 'application/json');
    assert.deepEqual(fields, {
      TerminalKey: terminalKey,
      OrderId: 'p1',
      Success: true,
      Status: 'CONFIRMED',
      PaymentId: Number(PaymentId),
      ErrorCode: '0',
      Amount: 123_450,
      CardId: 173_582_946,
      Pan: '220138******0047',
      ExpDate: '1230',
      Data: { Account: '7000001' },
    });
    assert.equal(Token, tokenFor(fields));
    const told = json['notifications'] as Record<string, unknown>[];
    assert.deepEqual(told[0]?.['body'], 'OK');
  });

  it('comes every hour for a day and every day for a month, until the shop says OK', async () => {
    await shop.init();
    const since: number[] = [];
    const start = shop.timers.now();
    const push = shop.notices.push.bind(shop.notices);
    shop.notices.push = (notice) => {
      since.push(shop.timers.now() - start);
      return push(notice);
    };
    shop.shopBody = 'ok';

    await shop.order({ outcome: 'pay' });
    await shop.timers.advance(40 * DAY);

    const hourly = Array.from({ length: 25 }, (_, hour) => hour * HOUR);
    const daily = Array.from({ length: 30 }, (_, day) => (day + 2) * DAY);
    assert.deepEqual(since, [...hourly, ...daily]);
    assert.equal(new Set(shop.notices.map(({ body }) => body.toString())).size, 1);
  });

  it('is taken by exactly two letters and 200', async () => {
    for (const [status, body] of [
      [200, 'OK\n'],
      [200, '"OK"'],
      [500, 'OK'],
      [201, 'OK'],
    ] as const) {
      shop.shopAnswers.push({ status, body });
    }
    await shop.init();

    await shop.order({ outcome: 'pay' });
    await shop.timers.advance(2 * DAY);

    assert.equal(shop.notices.length, 5);
  });

  it('goes where the shop wants it for this payment', async () => {
    const heard: string[] = [];
    const other = createServer((request, response) => {
      heard.push(String(request.url));
      request.resume();
      response.end('OK');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;

    await shop.init({ NotificationURL: `http://127.0.0.1:${port}/bank` });
    await shop.order({ outcome: 'pay' });

    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
    assert.deepEqual([heard, shop.notices.length], [['/bank'], 0]);
  });

  it('tells every refused try, keeps the page open, and after the third one tells the end', async () => {
    const payment = await shop.init();
    const states: unknown[] = [];
    for (const outcome of ['decline', '3ds-failed', 'insufficient-funds']) {
      await shop.order({ outcome });
      states.push(await shop.stateOf(payment));
    }

    assert.deepEqual(states, ['FORM_SHOWED', 'FORM_SHOWED', 'ATTEMPTS_EXPIRED']);
    const told = (await shop.told()).map(({ Status, Success, ErrorCode }) => [
      Status,
      Success,
      ErrorCode,
    ]);
    assert.deepEqual(told, [
      ['REJECTED', false, '1001'],
      ['AUTH_FAIL', false, '101'],
      ['REJECTED', false, '1051'],
      ['ATTEMPTS_EXPIRED', false, '1051'],
    ]);
    assert.equal((await shop.order({ outcome: 'pay' })).status, 409);
  });

  it('is paid on the last try', async () => {
    const payment = await shop.init();
    for (const outcome of ['decline', 'decline', 'pay']) await shop.order({ outcome });
    assert.equal(await shop.stateOf(payment), 'CONFIRMED');
  });

  it('says nothing of a card where there was none', async () => {
    await shop.init();
    await shop.order({ outcome: 'cancel' });

    const [told] = await shop.told();
    assert.equal(told?.['Status'], 'CANCELED');
    assert.deepEqual(
      [told['Pan'], told['ExpDate'], told['CardId']],
      [undefined, undefined, undefined],
    );
  });

  describe('when somebody forges it', () => {
    const forged = async (forge: string, more: object = {}) => {
      const payment = await shop.init();
      await shop.order({ outcome: 'pay', forge, ...more });
      const fields = fieldsOf(shop.notices[0]!);
      assert.equal(await shop.stateOf(payment), 'NEW');
      return { fields, isSigned: fields['Token'] === tokenFor(fields) };
    };

    it('has one digit of its token wrong', async () => {
      const { fields } = await forged('signature');
      const token = tokenFor(fields);
      const given = String(fields['Token']);
      assert.deepEqual([given.length, given.slice(1)], [64, token.slice(1)]);
      assert.notEqual(given, token);
    });

    it('is signed with another password, or not at all', async () => {
      const { fields, isSigned } = await forged('secret');
      assert.deepEqual([isSigned, String(fields['Token']).length], [false, 64]);
      shop.notices.length = 0;
      await shop.order({ outcome: 'pay', forge: 'unsigned' });
      assert.equal('Token' in fieldsOf(shop.notices[0]!), false);
    });

    it('is signed truly over another sum', async () => {
      const { fields, isSigned } = await forged('amount');
      assert.deepEqual([isSigned, fields['Amount']], [true, 123_550]);
      shop.notices.length = 0;
      await shop.order({ outcome: 'pay', forge: 'amount', amountMinor: 1 });
      assert.equal(fieldsOf(shop.notices[0]!)['Amount'], 1);
    });

    it('has a digit moved from one field to the next, and the token of the true one', async () => {
      const { fields, isSigned } = await forged('shift');
      const { Amount, CardId } = fields;
      assert.deepEqual([isSigned, Amount, CardId], [true, 1_234_501, 73_582_946]);
      const honest = { ...fields, Amount: 123_450, CardId: 173_582_946 };
      assert.equal(fields['Token'], tokenFor(honest));
    });

    it('is signed truly for another terminal, the other mode or a state nobody knows', async () => {
      const { fields, isSigned } = await forged('payee');
      assert.equal(isSigned, true);
      assert.match(String(fields['TerminalKey']), /DEMO$/);
      assert.notEqual(fields['TerminalKey'], terminalKey);

      for (const forge of ['mode', 'other-shape']) await shop.order({ outcome: 'pay', forge });
      const [, mode, shape] = shop.notices.map(fieldsOf);
      assert.equal(mode?.['TerminalKey'], '1650000000000');
      assert.equal(shape?.['Status'], 'UNHEARD_OF');
      assert.deepEqual([mode?.['Token'], shape?.['Token']], [tokenFor(mode), tokenFor(shape)]);
    });

    it('is not sent again when the shop does not take it', async () => {
      shop.shopBody = 'no';
      await forged('signature');
      await shop.timers.advance(2 * HOUR);
      assert.equal(shop.notices.length, 1);
    });
  });
});
