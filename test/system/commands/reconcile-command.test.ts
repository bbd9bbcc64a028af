import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import type { Account } from '../../../src/domain/account.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { markPending, moved, type Payment } from '../../../src/domain/payment.ts';
import { day, hour, later, type Instant } from '../../../src/domain/time.ts';
import { WrongUsage } from '../../../src/main/commands/import-options.ts';
import { reconcileOptions } from '../../../src/main/commands/reconcile-options.ts';
import {
  givenYookassa,
  secretKey,
  shopId,
  type YookassaShop,
} from '../../adapters/simulators/yookassa-shop.ts';
import { freshId, givenAccount, givenChange, givenCustomer, noon } from '../../support/given.ts';
import { givenPayment, papersFor } from '../../support/given-payments.ts';
import { reconcileCommands } from '../../support/reconcile-commands.ts';
import { lineOf, registerHeading } from '../../support/yookassa-register.ts';

const sum = money(1_234_50n, 'RUB');
const fee = money(34_50n, 'RUB');

describe('npm run reconcile', function () {
  this.timeout(60_000);
  let shop: YookassaShop;
  let account: Account;
  const { portal, place, run, given, reconcile, breaksIn } = reconcileCommands(() => ({
    ...{ YOOKASSA_API_URL: `${shop.url}/v3`, YOOKASSA_SHOP_ID: shopId },
    YOOKASSA_SECRET_KEY: secretKey,
  }));
  before(async () => {
    shop = await givenYookassa();
  });
  after(() => shop.close());
  beforeEach(async () => {
    await portal().empty();
    const anna = givenCustomer();
    account = givenAccount(anna);
    await portal().stores.customers.put(anna, 1);
    await portal().stores.accounts.take(givenChange(account), noon);
  });

  const apply = async (id: PaymentId, step: (found: Payment) => Payment) => {
    const move = (found: Payment) => ({ kind: 'moved' as const, payment: step(found) });
    await portal().stores.payments.apply(id, undefined, move, papersFor(), 2026);
  };
  const sent = async (ref: string, id = freshId<PaymentId>()): Promise<PaymentId> => {
    const facts = { id, provider: 'yookassa', amount: sum, charge: sum };
    await portal().stores.payments.add(givenPayment(account, noon, facts), { key: id, hash: '' });
    await portal().stores.payments.takeToSend(id, noon);
    await apply(id, (found) => {
      assert.ok(found.state === 'initiating');
      return markPending(found, { providerRef: ref, expiresAt: later(noon, hour) }, noon);
    });
    return id;
  };
  const paid = async (ref: string, paidAt: Instant = noon): Promise<PaymentId> => {
    const id = await sent(ref);
    const facts = { providerRef: ref, paidAt, late: false, captured: sum, providerFee: fee };
    await apply(id, (found) => moved(found, { state: 'succeeded', ...facts }, paidAt));
    return id;
  };
  const atYookassa = async (id: string): Promise<string> =>
    String((await shop.create({ metadata: { payment_id: id } }))['id']);
  const stateOf = async (id: PaymentId) => (await portal().stores.desk.find(id))?.state;

  it('explains itself, and says in one sentence what is wrong with a command line', async () => {
    const ofDay = (provider: string) => ['--provider', provider, '--day', '2026-03-11'];
    const [help, odd, stranger] = await Promise.all([
      run('--help'),
      run('--colour'),
      run(...ofDay('paypal')),
    ]);

    assert.equal(help.code, 0);
    assert.match(help.out, /^Usage: npm run reconcile[\s\S]*--list[\s\S]*Exit code/);
    assert.match(odd.err, /--colour/);
    assert.match(stranger.err, /there is no payment system paypal; there are [^\n]*yookassa/);
    for (const { code, out, err } of [odd, stranger]) {
      assert.deepEqual([code, out], [2, ''], err);
      assert.match(err, /^kabinet: [^\n]+\n$/);
    }
    for (const [args, sentence] of [
      [[], /--provider yookassa/],
      [['--provider', 'yookassa'], /--registry FILE/],
      [['--provider', 'yookassa', '--day', '11.03.2026'], /--day 11\.03\.2026 is no day/],
      [['--provider', 'yookassa', '--day', '2026-02-31'], /--day 2026-02-31 is no day/],
      [[...ofDay('yookassa'), 'more'], /more/],
      [['--provider', 'a', '--registry', 'b', '--registry', 'c'], /one register; several/],
      [['--provider', 'a', '--registry', 'b', '--bank', 'c'], /--batch NUMBER/],
      [['--provider', 'a', '--registry', 'b', '--batch', 'c'], /--bank FILE/],
      [
        ['--provider', 'a', '--day', '2026-03-11', '--batch', 'c', '--bank', 'd'],
        /--registry FILE/,
      ],
    ] as const) {
      assert.throws(
        () => reconcileOptions(args),
        (error) => error instanceof WrongUsage && sentence.test(error.message),
        args.join(' '),
      );
    }
  });

  it('refuses a register it cannot read, names the line, and keeps and writes nothing', async () => {
    const broken = lineOf('2c21').replace('1234.50', '1 234,50');
    const notText = Buffer.concat([Buffer.from(registerHeading), Buffer.from([0xc8, 0xe4, 0x0a])]);
    writeFileSync(place('cp1251.csv'), notText);
    const out = ['--out', 'none.csv'];
    const ended = await Promise.all([
      reconcile(given('broken.csv', lineOf('2c20'), broken), ...out),
      reconcile('cp1251.csv', ...out),
      reconcile('nowhere.csv', ...out),
      reconcile(given('empty.csv'), ...out),
    ]);

    const sentences = [
      /broken\.csv, line 3: the amount 1 234,50 is no sum of RUB/,
      /cp1251\.csv, line 1: the file is not UTF-8/,
      /there is no file nowhere\.csv/,
      /empty\.csv is empty; say which day it is: --day/,
    ];
    for (const [n, { code, err }] of ended.entries()) {
      assert.equal(code, 2, err);
      assert.match(err, /^kabinet: [^\n]+\n$/);
      assert.match(err, sentences[n] ?? /^$/);
    }
    assert.ok(!existsSync(place('none.csv')));
    assert.deepEqual(await portal().stores.runs.list(5), []);
  });

  it('finds every kind of break, books none of them by the register, and lists them', async () => {
    const agreed = await paid('agreed');
    const [missing, other, foreign, dear, late] = [
      await paid('missing-there'),
      await paid('other-sum'),
      await paid('other-currency'),
      await paid('other-fee'),
      await paid('late', later(noon, -day)),
    ];
    const twins = [await paid('twin'), await paid('twin')];
    const unpaid = freshId<PaymentId>();
    const unpaidRef = await atYookassa(unpaid);
    await sent(unpaidRef, unpaid);

    const { code, out, err } = await reconcile(
      given(
        'day.csv',
        ...[lineOf('agreed'), lineOf('agreed'), lineOf('second', { text: `Счёт ${agreed}` })],
        ...[lineOf('stranger'), lineOf('other-sum', { gross: '1.00' })],
        lineOf('other-currency', { currency: 'USD' }),
        ...[lineOf('other-fee', { net: '1200.01' }), lineOf('late'), lineOf('twin')],
        lineOf(unpaidRef),
      ),
    );

    assert.equal(code, 1, err);
    assert.match(out, /^yookassa 2026-03-11 by registry: 10 lines, 3 matched; [^\n]+\n/);
    assert.match(out, /\nthe breaks are listed in breaks\.csv\n$/);
    const found = breaksIn('breaks.csv');
    const twin = found.find(([name]) => name === 'DUPLICATE_HERE')?.[2] ?? '';
    assert.ok(twins.some((each) => each === twin));
    assert.deepEqual(found.map((row) => row.slice(0, 4)).toSorted(), [
      ['AMOUNT_DIFF', 'open', other, 'other-sum'],
      ['DOUBLE_PAY', 'open', agreed, 'second'],
      ['DUPLICATE_HERE', 'open', twin, 'twin'],
      ['DUPLICATE_THERE', 'open', '', 'agreed'],
      ['FEE_DIFF', 'open', dear, 'other-fee'],
      ['LATE', 'open', late, 'late'],
      ['MISSING_HERE', 'open', '', 'stranger'],
      ['MISSING_THERE', 'open', missing, 'missing-there'],
      ['STATUS_DIFF', 'open', unpaid, unpaidRef],
      ['WRONG_CURRENCY', 'open', foreign, 'other-currency'],
    ]);
    for (const [name = ''] of found) assert.ok(out.includes(`1 × ${name}`), out);
    const fees = found.find(([name]) => name === 'FEE_DIFF');
    assert.equal(fees?.[4], 'paid 2026-03-11T09:00:00.000Z, 1234.50 RUB, fee 34.50 RUB');
    assert.equal(fees[5], '2026-03-11T09:00:00.000Z, 1234.50 RUB, net 1200.01 RUB');
    assert.equal(await stateOf(unpaid), 'pending');
  });

  it('takes over what YooKassa itself says is paid; with nothing left open it ends with 0', async () => {
    await paid('agreed');
    const id = freshId<PaymentId>();
    const ref = await atYookassa(id);
    await sent(ref, id);
    await shop.order({ outcome: 'pay' }, id);
    const registry = given('paid.csv', lineOf('agreed'), lineOf(ref));

    const healed = await reconcile(registry, '--out', 'healed.csv');
    const [again, list] = await Promise.all([
      reconcile(registry, '--out', 'again.csv'),
      run('--list'),
    ]);

    assert.equal(healed.code, 0, healed.err);
    const told = 'yookassa 2026-03-11 by registry: 2 lines, 1 matched; 1 × STATUS_DIFF healed';
    assert.equal(healed.out, `${told}\nthe breaks are listed in healed.csv\n`);
    assert.deepEqual(breaksIn('healed.csv')[0]?.slice(0, 4), ['STATUS_DIFF', 'healed', id, ref]);
    assert.equal(await stateOf(id), 'succeeded');
    assert.deepEqual(await portal().stores.credited(account.customerId), [sum.minor, sum.minor]);
    assert.deepEqual(
      [again.code, again.out],
      [0, `this very file was reconciled before:\n${told}\n`],
    );
    assert.ok(!existsSync(place('again.csv')));
    assert.deepEqual([list.code, list.out], [0, `${told}\n`]);
  });

  it('says that both sides agree, and writes a list without a line', async () => {
    await paid('agreed');

    const { code, out } = await reconcile(
      given('good.csv', lineOf('agreed')),
      '--out',
      'good-out.csv',
    );

    assert.deepEqual(
      [code, out],
      [0, 'yookassa 2026-03-11 by registry: 1 lines, 1 matched; no breaks\n'],
    );
    assert.deepEqual(breaksIn('good-out.csv'), []);
  });
});
