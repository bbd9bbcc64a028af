import assert from 'node:assert/strict';
import { codePages } from '../../../src/adapters/system/code-pages.ts';
import { transferOf } from '../../../src/application/accounting/bill-order.ts';
import { printBill } from '../../../src/application/accounting/print-bill.ts';
import type { BillView } from '../../../src/application/ports/bill-printer.ts';
import type { Bill } from '../../../src/domain/ledger/bill.ts';
import { readOrder } from '../../../src/domain/payment-order/read-order.ts';
import { refused } from '../../../src/domain/result.ts';
import { bank, givenBill } from '../../adapters/pdf/bill-views.ts';
import { receiptView } from '../../adapters/pdf/receipt-views.ts';

const { company } = receiptView();
const writer = { inWords: () => ({ ru: 'много', en: 'much' }) };

describe('printing a bill', () => {
  let seen: BillView | undefined;
  const printer = {
    printBill: async (view: BillView) => {
      seen = view;
      return Uint8Array.of(1);
    },
  };
  const print = (bill: Bill | undefined, details: typeof bank | undefined) =>
    printBill({ bill: async () => bill }, { company, bank: details }, codePages, writer, printer);
  beforeEach(() => (seen = undefined));

  it('shows what was booked: lines, formulas, penalty and total', async () => {
    const bill = givenBill();

    const printed = await print(bill, bank)('bill', 'ru');

    assert.ok(printed.ok);
    assert.equal(printed.value.withoutQr, undefined);
    assert.deepEqual(
      seen?.lines.map(({ amount }) => amount),
      bill.lines.map(({ amount }) => amount),
    );
    assert.deepEqual(seen.lines[2]?.formulas, [
      '7.125 м³ × 43.5712 × 15/31 = 150.22 RUB (+0.00477)',
      '7.125 м³ × 45.12 × 16/31 = 165.93 RUB (+0.00483)',
    ]);
    assert.deepEqual(seen.total, bill.total);
    assert.deepEqual(seen.penalty, bill.penalty);
    assert.equal(seen.datedAt, Date.UTC(2026, 9, 31, 21));
  });

  it('asks for exactly its total, for this account and bill', async () => {
    await print(givenBill(), bank)('bill', 'ru');

    const order = readOrder(seen!.transfer!.order, codePages);

    assert.ok(order.ok);
    assert.deepEqual(order.value.fields, {
      Name: bank.payee,
      PersonalAcc: bank.account,
      BankName: bank.bank,
      BIC: bank.bic,
      CorrespAcc: bank.correspondentAccount,
      Sum: '489148',
      Purpose:
        'Оплата по квитанции bill-2026-10-7000001 за 01.10.2026-31.10.2026, лицевой счёт 7000001-1',
      PayeeINN: bank.taxNumber,
      KPP: bank.kpp,
      PersAcc: '7000001-1',
      PaymPeriod: '102026',
      QuittId: 'bill-2026-10-7000001',
    });
  });

  it('knows no other bill than those that were booked', async () => {
    assert.deepEqual(await print(undefined, bank)('x', 'ru'), refused({ reason: 'bill-unknown' }));
    assert.equal(seen, undefined);
  });

  const without: readonly (readonly [string, Bill, typeof bank | undefined, RegExp])[] = [
    ['without bank details', givenBill(), undefined, /bank details are not set/],
    ['in dollars', givenBill(0, 'USD'), bank, /for roubles only/],
    [
      'with a name too long for any code page',
      givenBill(),
      { ...bank, payee: 'я'.repeat(161) },
      /Name has 161 characters of 160/,
    ],
    [
      'with a purpose that is too long',
      { ...givenBill(), invoiceId: 'x'.repeat(200) },
      bank,
      /Purpose has \d+ characters of 210/,
    ],
  ];
  for (const [title, bill, details, why] of without) {
    it(`has no QR code ${title}, and says why`, () => {
      const transfer = transferOf(bill, details, codePages);
      assert.ok(!transfer.ok);
      assert.match(transfer.refusal.en, why);
      assert.match(transfer.refusal.ru, /^без QR-кода для оплаты: /);
    });
  }

  it('prints without a QR code and tells whoever prints', async () => {
    const printed = await print(givenBill(), undefined)('bill', 'ru');
    assert.ok(printed.ok);
    assert.match(printed.value.withoutQr?.en ?? '', /^no payment QR code/);
    assert.equal(seen?.transfer, undefined);
  });
});
