import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import {
  chargeLines,
  daysOf,
  parseQuantity,
  quantityText,
  totalOf,
  type ServiceUsed,
} from '../../../src/domain/ledger/charge.ts';
import { formulasOf } from '../../../src/domain/ledger/charge-formula.ts';
import { newBill } from '../../../src/domain/ledger/bill.ts';
import { penaltyOf } from '../../../src/domain/ledger/penalty.ts';
import { exponentOf } from '../../../src/domain/currency.ts';
import { add, money } from '../../../src/domain/money.ts';
import type { CalendarDay } from '../../../src/domain/time.ts';
import { anyCurrency } from '../../support/any.ts';

const day = (text: string) => text as CalendarDay;
const july = { from: day('2026-07-01'), to: day('2026-07-31') };
const decimal = (text: string) => parseQuantity(text)!;
const water: ServiceUsed = {
  title: 'Холодная вода',
  quantity: decimal('12.5'),
  unit: 'м³',
  tariffs: [{ from: day('2026-01-01'), price: decimal('43.5712') }],
};
const charged = (...services: ServiceUsed[]) => {
  const lines = chargeLines(july, services, 'RUB');
  assert.ok(lines.ok, inspect(lines));
  return lines.value;
};

describe('a charge', () => {
  it('is quantity by tariff, and says what rounding did', () => {
    const [line] = charged({ ...water, quantity: decimal('3.333') });

    // 3.333 × 43.5712 = 145.2228096
    assert.deepEqual(line?.amount, money(145_22n, 'RUB'));
    assert.deepEqual(formulasOf(line), ['3.333 м³ × 43.5712 = 145.22 RUB (−0.0028)']);
    assert.deepEqual(formulasOf(charged(water)[0]!), ['12.5 м³ × 43.5712 = 544.64 RUB']);
  });

  it('is split by days where the tariff changes within its period', () => {
    const tariffs = [...water.tariffs, { from: day('2026-07-16'), price: decimal('50') }];
    const [line] = charged({ ...water, tariffs: tariffs.toReversed() });

    // 544.64 × 15/31 = 263.535…, 625 × 16/31 = 322.580…
    assert.deepEqual(formulasOf(line!), [
      '12.5 м³ × 43.5712 × 15/31 = 263.54 RUB (+0.00451)',
      '12.5 м³ × 50 × 16/31 = 322.58 RUB (−0.00064)',
    ]);
    assert.deepEqual(line?.amount, money(586_12n, 'RUB'));
    assert.deepEqual(
      line.parts.map(({ from, to, days }) => [from, to, days]),
      [
        ['2026-07-01', '2026-07-15', 15],
        ['2026-07-16', '2026-07-31', 16],
      ],
    );
  });

  it('takes the tariff that holds on its first day, and none that comes after its last', () => {
    const tariffs = [
      { from: day('2025-01-01'), price: decimal('1') },
      { from: day('2026-07-01'), price: decimal('2') },
      { from: day('2026-08-01'), price: decimal('3') },
    ];
    assert.deepEqual(formulasOf(charged({ ...water, unit: '', tariffs })[0]!), [
      '12.5 × 2 = 25.00 RUB',
    ]);
  });

  it('covers every day of its period once, and is within half a unit of the truth for each part', () => {
    const anyDecimal = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.integer({ min: 0, max: 6 }))
      .map(([units, digits]) => ({ units, digits }));
    const changes = fc.array(fc.tuple(fc.integer({ min: 2, max: 40 }), anyDecimal), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        anyDecimal,
        anyDecimal,
        changes,
        anyCurrency,
        (quantity, price, later, currency) => {
          const tariffs = [
            { from: day('2026-06-01'), price },
            ...later.map(([n, next]) => ({
              from: day(new Date(Date.UTC(2026, 6, n)).toISOString().slice(0, 10)),
              price: next,
            })),
          ];
          const some = {
            title: 'x',
            quantity: decimal('1'),
            unit: '',
            tariffs: [{ from: july.from, price: decimal('1') }],
          };
          const lines = chargeLines(july, [{ ...some, quantity, tariffs }, some], currency);
          assert.ok(lines.ok);
          const [line] = lines.value;
          assert.equal(
            line!.parts.reduce((sum, { days }) => sum + days, 0),
            31,
          );
          for (const part of line!.parts) {
            assert.ok(
              2n * part.rounding <= part.roundingOver && -2n * part.rounding <= part.roundingOver,
            );
            const exact =
              quantity.units *
              part.price.units *
              10n ** BigInt(exponentOf(currency)) *
              BigInt(part.days);
            const over = 10n ** BigInt(quantity.digits + part.price.digits) * 31n;
            assert.equal(
              (part.amount.minor * over - exact) * part.roundingOver,
              part.rounding * over,
            );
          }
          assert.deepEqual(line!.parts.map(({ amount }) => amount).reduce(add), line!.amount);
          assert.deepEqual(
            totalOf(lines.value, currency),
            lines.value.map(({ amount }) => amount).reduce(add),
          );
          assert.equal(formulasOf(line!).length, line!.parts.length);
        },
      ),
    );
  });

  it('is refused for days without a tariff, for a period that runs backwards and for nothing', () => {
    const none = { ...water, tariffs: [{ from: day('2026-07-02'), price: decimal('1') }] };
    assert.deepEqual(chargeLines(july, [none], 'RUB'), {
      ok: false,
      refusal: { reason: 'no-tariff', title: 'Холодная вода', day: '2026-07-01' },
    });
    const backwards = { from: july.to, to: july.from };
    assert.deepEqual(chargeLines(backwards, [water], 'RUB'), {
      ok: false,
      refusal: { reason: 'period-backwards' },
    });
    const nothing = { ...water, quantity: decimal('0') };
    for (const services of [[], [nothing]]) {
      const refusal = { reason: 'nothing-to-charge' } as const;
      assert.deepEqual(chargeLines(july, services, 'RUB'), { ok: false, refusal });
    }
  });

  it('reads quantities exactly, and nothing else', () => {
    for (const text of ['0', '1', '0.5', '12.500', '999999999999.999999999']) {
      assert.equal(quantityText(decimal(text)), text);
    }
    for (const text of ['', '-1', '1,5', '1.', '.5', '01', '1e3', '1.0000000001']) {
      assert.equal(parseQuantity(text), undefined, text);
    }
    assert.equal(daysOf({ from: day('2026-02-27'), to: day('2026-03-01') }), 3);
  });
});

describe('a penalty', () => {
  const rule = { graceDays: 30, numerator: 16n, denominator: 30_000n, mostPercent: 10n };
  const debt = money(1000_00n, 'RUB');

  it('is off until there is a rule', () => {
    assert.deepEqual(penaltyOf(debt, 500, undefined), money(0n, 'RUB'));
  });

  it('is part of a bill only where the bill has a rule', () => {
    const toBill = {
      invoiceId: '1',
      account: 'A',
      currency: 'RUB',
      period: july,
      services: [water],
    } as const;
    const late = { debt, days: 31, rule };

    for (const [bill, penalty] of [
      [newBill(toBill), 0n],
      [newBill({ ...toBill, late }), 53n],
    ] as const) {
      assert.ok(bill.ok);
      assert.deepEqual(bill.value.penalty, money(penalty, 'RUB'));
      assert.deepEqual(bill.value.total, money(544_64n + penalty, 'RUB'));
    }
    assert.equal(newBill({ ...toBill, services: [] }).ok, false);
  });

  it('begins after the days of grace and ends at its most', () => {
    assert.equal(penaltyOf(debt, 30, rule).minor, 0n);
    assert.equal(penaltyOf(debt, 31, rule).minor, 53n);
    assert.equal(penaltyOf(debt, 1_000, rule).minor, 100_00n);
    assert.equal(penaltyOf(money(-5n, 'RUB'), 100, rule).minor, 0n);
  });
});
