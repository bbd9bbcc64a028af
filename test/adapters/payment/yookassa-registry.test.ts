import assert from 'node:assert/strict';
import { yookassaRegistry } from '../../../src/adapters/payment/yookassa/yookassa-registry.ts';
import { money } from '../../../src/domain/money.ts';
import { givenYookassa, type YookassaShop } from '../simulators/yookassa-shop.ts';

const head =
  'Идентификатор платежа;Сумма платежа;Валюта платежа;Сумма платежа без комиссии;Время создания платежа;Описание платежа';
const id = '019abcde-0000-7000-8000-000000000001';
const read = (...lines: string[]) =>
  yookassaRegistry.read(Buffer.from(`${lines.join('\r\n')}\r\n`));

describe('YooKassa’s register', () => {
  it('gives sums, the net, Moscow’s time and our id where the description has it', () => {
    const { value } = read(
      `\u{feff}${head}`,
      `2c1f;100.00;RUB;96.50;11.03.2026 2:05:07;"Счёт 1; ${id}"`,
      '2c20;1.00;RUB;null;11.03.2026 23:59:59;',
      '',
    ) as { value: unknown };

    assert.deepEqual(value, [
      {
        ...{ ref: '2c1f', paymentId: id, gross: money(100_00n, 'RUB'), net: money(96_50n, 'RUB') },
        ...{ refunded: undefined, at: Date.UTC(2026, 2, 10, 23, 5, 7) },
      },
      {
        ...{ ref: '2c20', paymentId: undefined, gross: money(1_00n, 'RUB'), net: undefined },
        ...{ refunded: undefined, at: Date.UTC(2026, 2, 11, 20, 59, 59) },
      },
    ]);
  });

  it('with anything it cannot be sure of is refused, with the line', () => {
    const good = '2c1f;100.00;RUB;96.50;11.03.2026 12:00:00;';
    const refused: readonly (readonly [number, RegExp, readonly string[]])[] = [
      [3, /amount/, [head, good, good.replace('100.00', '100,00')]],
      [2, /currency/, [head, good.replace('RUB', 'GBP')]],
      [2, /net/, [head, good.replace('96.50', 'x')]],
      [2, /time/, [head, good.replace('11.03.2026', '31.02.2026')]],
      [2, /time/, [head, good.replace('12:00:00', '25:00:00')]],
      [2, /id is empty/, [head, good.replace('2c1f', '')]],
      [1, /no column with the amount/, [head.replace('Сумма платежа;', 'Итог;'), good]],
      [1, /no column with the payment id/, ['', good]],
    ];
    for (const [line, why, lines] of refused) {
      const answer = read(...lines);
      assert.ok(!answer.ok, lines.join('\n'));
      assert.equal(answer.refusal.line, line, lines.join('\n'));
      assert.match(answer.refusal.why, why);
    }
    const notText = yookassaRegistry.read(Buffer.from([0xff, 0xfe, 0x41]));
    assert.ok(!notText.ok && /UTF-8/.test(notText.refusal.why));
  });

  describe('as it is sent for a day', () => {
    let shop: YookassaShop;
    before(async () => {
      shop = await givenYookassa();
    });
    after(() => shop.close());

    for (const lang of ['ru', 'en']) {
      it(`is read in ${lang}, with sums to the kopeck`, async () => {
        const made = await shop.create();
        await shop.order({ outcome: 'pay' });
        const path = `/control/yookassa/registry.csv?day=2026-03-11&lang=${lang}`;
        const file = await (await fetch(shop.url + path)).arrayBuffer();
        const answer = yookassaRegistry.read(new Uint8Array(file));

        assert.ok(answer.ok);
        const line = answer.value.find(({ ref }) => ref === made['id']);
        assert.deepEqual(line?.gross, money(1_234_50n, 'RUB'));
        assert.ok(line.net !== undefined && line.net.minor < 1_234_50n);
        assert.ok(Math.abs(line.at - shop.timers.now()) < 60_000);
      });
    }
  });
});
