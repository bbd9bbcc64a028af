import { amountInWords } from '../../../src/adapters/pdf/amount-in-words.ts';
import { codePages } from '../../../src/adapters/system/code-pages.ts';
import { printBill } from '../../../src/application/accounting/print-bill.ts';
import type { BillView } from '../../../src/application/ports/bill-printer.ts';
import { type Bill, newBill } from '../../../src/domain/ledger/bill.ts';
import { parseQuantity, type ServiceUsed } from '../../../src/domain/ledger/charge.ts';
import { money } from '../../../src/domain/money.ts';
import type { BankDetails } from '../../../src/domain/payment-order/bank-details.ts';
import type { CalendarDay } from '../../../src/domain/time.ts';
import { receiptView } from './receipt-views.ts';

export const bank: BankDetails = {
  payee: 'ООО «Управляющая компания „Тёплый дом“»',
  taxNumber: '7701234567',
  kpp: '770101001',
  account: '40702810938000000001',
  bank: 'ПАО Сбербанк, г. Москва',
  bic: '044525225',
  correspondentAccount: '30101810400000000225',
};

const day = (text: string) => text as CalendarDay;
const service = (
  title: string,
  quantity: string,
  unit: string,
  ...prices: [string, string][]
): ServiceUsed => ({
  title,
  quantity: parseQuantity(quantity)!,
  unit,
  tariffs: prices.map(([from, price]) => ({ from: day(from), price: parseQuantity(price)! })),
});

/** Services of a home; `more` of them make the bill longer. */
export const services = (more = 0): ServiceUsed[] => [
  service('Содержание жилого помещения', '54.3', 'м²', ['2026-01-01', '32.61']),
  service('Отопление', '0.8412', 'Гкал', ['2026-01-01', '2546.68']),
  service('Холодная вода', '7.125', 'м³', ['2026-01-01', '43.5712'], ['2026-10-16', '45.12']),
  service('Интернет, тариф «Домашний 300»', '1', '', ['2026-01-01', '650']),
  ...Array.from({ length: more }, (_, n) =>
    service(`Дополнительная услуга ${String(n + 1)}`, '3', 'шт.', ['2026-01-01', '99.9']),
  ),
];

/** A bill of October with a penalty, as the ledger keeps it. */
export function givenBill(more = 0, currency: 'RUB' | 'USD' = 'RUB'): Bill {
  const bill = newBill({
    invoiceId: 'bill-2026-10-7000001',
    account: '7000001-1',
    currency,
    period: { from: day('2026-10-01'), to: day('2026-10-31') },
    services: services(more),
  });
  if (!bill.ok) throw new Error(bill.refusal.reason);
  const penalty = money(1_234n, currency);
  const total = money(bill.value.total.minor + penalty.minor, currency);
  return { ...bill.value, penalty, total };
}

/** The same bill as the printer is given it. */
export async function billView(
  over: Partial<BillView> = {},
  bill = givenBill(),
  details: BankDetails | undefined = bank,
): Promise<BillView> {
  let seen: BillView | undefined;
  const printer = {
    printBill: async (view: BillView) => {
      seen = view;
      return new Uint8Array();
    },
  };
  const { company } = receiptView();
  const payee = { company, bank: details };
  await printBill({ bill: async () => bill }, payee, codePages, amountInWords, printer)('x', 'ru');
  if (seen === undefined) throw new Error('nothing was printed');
  return { ...seen, ...over };
}
