import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  agreeToAutoPay,
  announced,
  autopayPolicy,
  charging,
  nextAutoPayLook,
  nextAutoPayStep,
  roundEnded,
  type AutoPay,
} from '../../src/domain/autopay.ts';
import type { AccountId, ConsentId, CustomerId, SavedMethodId } from '../../src/domain/ids.ts';
import { add, money, type Money } from '../../src/domain/money.ts';
import { day, dayIn, hour, instant, later, type Instant } from '../../src/domain/time.ts';
import { freshId, noon } from '../support/given.ts';

const rub = (minor: bigint): Money => money(minor, 'RUB');
const zone = 'Europe/Moscow';
const wish = (dayOfMonth: number, limit = 100_000n) => ({
  customerId: freshId<CustomerId>(),
  accountId: freshId<AccountId>(),
  savedMethod: freshId<SavedMethodId>(),
  consentId: freshId<ConsentId>(),
  limit: rub(limit),
  dayOfMonth,
});
const anyDay = fc.integer({ min: 1, max: autopayPolicy.lastDayOfMonth });
const anyNow = fc
  .integer({ min: 0, max: 5 * 366 * 24 })
  .map((hours) => instant(Date.UTC(2026, 0, 1) + hours * hour));
/** A fee of one rouble on everything. */
const total = (sum: Money): Money => add(sum, rub(100n));

describe('auto-pay', () => {
  it('charges about noon of its day, in every zone, and leaves time for the notice', () => {
    const zones = fc.constantFrom('Europe/Moscow', 'America/New_York', 'Asia/Kolkata', 'UTC');
    fc.assert(
      fc.property(anyDay, anyNow, zones, (dayOfMonth, now, where) => {
        const { stage } = agreeToAutoPay(wish(dayOfMonth), where, now);
        assert.equal(Number(dayIn(where, stage.chargeAt).slice(8)), dayOfMonth);
        const text = new Intl.DateTimeFormat('sv-SE', { timeStyle: 'short', timeZone: where });
        assert.match(text.format(stage.chargeAt), /^1[123]:00$/);
        assert.ok(stage.chargeAt - now >= autopayPolicy.noticeMs);
        assert.ok(stage.chargeAt - now <= 32 * day + autopayPolicy.noticeMs);
      }),
    );
  });

  it('never charges what was not announced in time, more than was announced, is owed or is the limit', () => {
    const anyMonth = fc.array(
      fc.record({
        owed: fc.bigInt(0n, 150_000n),
        wait: fc.oneof(fc.nat(30), fc.nat(9 * 24)),
      }),
      { minLength: 1, maxLength: 30 },
    );
    let charges = 0;
    fc.assert(
      fc.property(anyDay, anyNow, anyMonth, (dayOfMonth, start, moments) => {
        let autopay = agreeToAutoPay(wish(dayOfMonth), zone, start);
        let now = start;
        let told: { readonly at: Instant; readonly amount: Money } | undefined;
        let lastCharge: Instant | undefined;
        for (const { owed: minor, wait } of moments) {
          now = later(instant(Math.max(now, nextAutoPayLook(autopay))), wait * hour);
          const owed = rub(minor);
          const next = nextAutoPayStep(autopay, owed, total, now);
          if (next === 'announce') {
            autopay = announced(autopay, owed, now);
            told = { at: now, amount: owed };
            continue;
          }
          if (next === 'charge') {
            const { stage } = charging(autopay, owed, freshId());
            charges += 1;
            assert.ok(told !== undefined && now - told.at >= autopayPolicy.noticeMs);
            assert.ok(stage.amount.minor <= told.amount.minor && stage.amount.minor <= minor);
            assert.ok(stage.amount.minor > 0n && total(stage.amount).minor <= autopay.limit.minor);
            assert.ok(lastCharge === undefined || now - lastCharge >= autopayPolicy.noticeMs);
            lastCharge = now;
          } else if (next.end === 'over-limit') assert.ok(total(owed).minor > autopay.limit.minor);
          const before = autopay.stage.chargeAt;
          const last = { end: 'paid', amount: owed, payment: undefined } as const;
          autopay = roundEnded(autopay, last, zone, now);
          told = undefined;
          assert.ok(autopay.stage.chargeAt > before && autopay.stage.chargeAt > now);
          assert.equal(Number(dayIn(zone, autopay.stage.chargeAt).slice(8)), dayOfMonth);
        }
      }),
    );
    assert.ok(charges > 100, `only ${String(charges)} charges were played`);
  });

  it('takes one round a month, whether it ends at the notice or at the charge', () => {
    fc.assert(
      fc.property(anyDay, anyNow, fc.array(fc.boolean(), { maxLength: 24 }), (on, now, ends) => {
        let autopay: AutoPay = agreeToAutoPay(wish(on), zone, now);
        for (const atNotice of ends) {
          const { chargeAt } = autopay.stage;
          const at = atNotice ? nextAutoPayLook(autopay) : chargeAt;
          const last = { end: 'nothing-due', amount: undefined, payment: undefined } as const;
          autopay = roundEnded(autopay, last, zone, at);
          const days = (autopay.stage.chargeAt - chargeAt) / day;
          assert.ok(days > 27 && days < 32, `${String(days)} days`);
        }
      }),
    );
  });

  it('announces anew what is more than a day late', () => {
    const fresh = agreeToAutoPay(wish(20), zone, noon);
    const told = announced(fresh, rub(50_000n), nextAutoPayLook(fresh));
    const late = later(told.stage.chargeAt, day);
    assert.equal(nextAutoPayStep(told, rub(50_000n), total, late), 'charge');
    assert.equal(nextAutoPayStep(told, rub(50_000n), total, later(late, 1)), 'announce');
    const again = announced(told, rub(40_000n), later(late, 1));
    assert.equal(again.stage.chargeAt, later(late, 1 + autopayPolicy.noticeMs));
  });

  it('keeps the sum of a charge that has begun, whatever is owed by then', () => {
    const fresh = agreeToAutoPay(wish(20), zone, noon);
    const begun = charging(announced(fresh, rub(50_000n), noon), rub(30_000n), freshId());
    assert.deepEqual(begun.stage.amount, rub(30_000n));
    assert.deepEqual(charging(begun, rub(10n), freshId()), begun);
    assert.equal(nextAutoPayStep(begun, rub(0n), total, noon), 'charge');
  });
});
