import assert from 'node:assert/strict';
import fc from 'fast-check';
import { momentText } from '../../../src/adapters/pdf/moment-text.ts';
import { printableText } from '../../../src/adapters/pdf/printable-text.ts';
import { receiptLayout } from '../../../src/adapters/pdf/receipt-layout.ts';
import { money } from '../../../src/domain/money.ts';
import { instant } from '../../../src/domain/time.ts';
import { receiptView, refundedView, refundView } from './receipt-views.ts';

describe('what a receipt says', () => {
  it('is complete in Russian', () => {
    const { details, ...rest } = receiptLayout(receiptView(), 'ru');

    assert.deepEqual(
      details.map(({ label, value }) => `${label}: ${value.replaceAll('\u00A0', ' ')}`),
      [
        'Плательщик: Петрова Анна Сергеевна, договор 7000001',
        'Лицевой счёт: 7000001-1',
        'Назначение: Оплата по договору 7000001, лицевой счёт 7000001-1',
        'Способ оплаты: Банковская карта, •••• 4477',
        'RRN: 603668680243',
        'Код авторизации: 062467',
        'Дата оплаты: 23 ноября 2026 г., 00:02 (UTC+3)',
        'Комиссия: без комиссии',
        'Итого списано: 1 234,50 ₽',
        'Платёжная система: Stripe',
        'Номер в системе: cs_test_a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4a5b6c7d8e9f0',
        'Номер платежа: 0193b7a0-5c1e-7d42-9c3a-1f2e3d4c5b6a',
      ],
    );
    assert.equal(rest.heading, 'Квитанция об оплате');
    assert.equal(rest.issued, '23 ноября 2026 г., 00:03 (UTC+3)');
    assert.equal(rest.status, 'Оплачено');
    assert.match(rest.notes.join(' '), /Не является кассовым чеком/);
    assert.match(rest.companyLines.join(' '), /ИНН 7701234567.*Никольская.*help@example/);
  });

  it('is the same in English, with the same number and code', () => {
    const ru = receiptLayout(receiptView(), 'ru');
    const en = receiptLayout(receiptView(), 'en');

    assert.equal(en.details.length, ru.details.length);
    assert.equal(en.check.code, ru.check.code);
    assert.equal(en.amount, 'RUB\u00A01,234.50');
    assert.equal(en.issued, '23 November 2026, 00:03 (UTC+3)');
    assert.match(en.notes.join(' '), /not a fiscal receipt/);
    assert.doesNotMatch(en.details.map(({ label }) => label).join(), /[а-я]/i);
  });

  it('names a fee, and leaves out a reference nobody has', () => {
    const view = receiptView({ fee: money(1_000n, 'RUB'), providerPaymentId: '' });

    const labels = receiptLayout(view, 'ru').details;

    assert.ok(labels.some(({ value }) => value === '10,00\u00A0₽'));
    assert.ok(!labels.some(({ label }) => label === 'Номер в системе'));
  });

  it('tells times in the zone of the company, whatever it is', () => {
    const at = instant(Date.UTC(2026, 6, 1, 20, 30));

    assert.match(momentText(at, 'en', 'Asia/Vladivostok'), /2 July 2026, 06:30 \(UTC\+10\)/);
    assert.match(momentText(at, 'en', 'Asia/Kolkata'), /2 July 2026, 02:00 \(UTC\+5:30\)/);
    assert.match(momentText(at, 'en', 'UTC'), /1 July 2026, 20:30 \(UTC\+0\)/);
  });

  it('says what was paid back since, line by line', () => {
    const { status, isTurned, details } = receiptLayout(refundedView(), 'ru');

    assert.equal(status, 'ВОЗВРАЩЕНО ЧАСТИЧНО');
    assert.ok(isTurned);
    assert.deepEqual(
      details
        .filter(({ label }) => label === 'Возвращено')
        .map(({ value }) => value.replaceAll('\u00A0', ' ')),
      [
        '234,50 ₽, 23 ноября 2026 г., 12:00 (UTC+3), R-2026-7000001-0002',
        '1,00 ₽, 24 ноября 2026 г., 12:00 (UTC+3), R-2026-7000001-0003',
      ],
    );
  });

  it('sums up refunds that half a sheet has no room for', () => {
    const [one] = refundedView().refunds;
    const many = receiptView({ refunds: Array.from({ length: 8 }, () => one!) });

    const values = receiptLayout(many, 'en')
      .details.filter(({ label }) => label === 'Refunded')
      .map(({ value }) => value.replaceAll('\u00A0', ' '));

    assert.equal(values.length, 6);
    assert.equal(values.at(-1), 'and other 3: RUB 703.50');
  });

  it('tells a refund from a payment in every word that differs', () => {
    const { heading, status, isTurned, amount, details } = receiptLayout(refundView(), 'en');

    assert.equal(heading, 'Refund receipt');
    assert.deepEqual([status, isTurned], ['Refunded', false]);
    assert.equal(amount, 'RUB\u00A0234.50');
    const labels = details.map(({ label }) => label);
    assert.deepEqual(labels.slice(0, 6), [
      'Paid to',
      'Account',
      'Reason',
      'Payment method',
      'Refunded on',
      'Total refunded',
    ]);
    assert.ok(!labels.includes('Fee'));
    assert.ok(receiptLayout(refundView({ status: 'came-back' }), 'en').isTurned);
  });

  it('shows only letters the font has, in one line that ends', () => {
    assert.equal(printableText('Ёжик Әбдіғали № 5 «а» — 10 ₽'), 'Ёжик Әбдіғали № 5 «а» — 10 ₽');
    assert.equal(printableText('a\u202Fb\u00AD\u202Ec\nd 漢🏠'), 'a\u00A0bc d ??');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1_000 }), (text) => {
        const shown = printableText(text);
        assert.ok(shown.length <= 241);
        assert.equal(printableText(shown.slice(0, 240)), shown.slice(0, 240));
      }),
    );
  });
});
