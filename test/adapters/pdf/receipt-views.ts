import type { ReceiptView } from '../../../src/application/ports/receipt-printer.ts';
import { amountInWords } from '../../../src/adapters/pdf/amount-in-words.ts';
import { fiscalHeading, fiscalLines } from '../../../src/application/fiscal/fiscal-lines.ts';
import { fiscalQrOf } from '../../../src/domain/fiscal/fiscal-facts.ts';
import { givenFiscal } from '../../support/given-fiscal.ts';
import type { RefundId } from '../../../src/domain/ids.ts';
import { money, zero } from '../../../src/domain/money.ts';
import { instant } from '../../../src/domain/time.ts';

const amount = money(123_450n, 'RUB');

/** A receipt as a customer of the demo company gets it. */
export function receiptView(over: Partial<ReceiptView> = {}): ReceiptView {
  const sum = over.amount ?? amount;
  return {
    kind: 'payment',
    status: 'paid',
    number: 'R-2026-7000001-0001',
    code: '7KQ2-9XAB-04TV-MZ3H',
    verifyUrl: 'https://kabinet.example.com/verify/7KQ29XAB04TVMZ3H',
    // As long as a true one: eight symbols of the key, 86 of the signature.
    sealedUrl: `https://kabinet.example.com/verify/7KQ29XAB04TVMZ3H#k3yOfNov.${'sIgnatur'.repeat(10)}sIgnat`,
    document: '{"content":{"number":"R-2026-7000001-0001"},"signature":"…"}',
    issuedAt: instant(Date.UTC(2026, 10, 22, 21, 3, 12)),
    paidAt: instant(Date.UTC(2026, 10, 22, 21, 2, 59)),
    company: {
      name: 'Тёплый дом',
      legalName: 'ООО «Управляющая компания „Тёплый дом“»',
      taxNumber: '7701234567',
      address: '109012, Москва, ул. Никольская, д. 10, офис 5',
      support: '8 800 555-00-00, help@example.com',
      timeZone: 'Europe/Moscow',
    },
    payer: { name: 'Петрова Анна Сергеевна', contract: '7000001' },
    accountNumber: '7000001-1',
    purpose: {
      ru: 'Оплата по договору 7000001, лицевой счёт 7000001-1',
      en: 'Payment under contract 7000001, account 7000001-1',
    },
    amount: sum,
    amountInWords: amountInWords.inWords(sum),
    fee: zero(sum.currency),
    total: sum,
    fiscal: undefined,
    refunds: [],
    method: { ru: 'Банковская карта', en: 'Bank card' },
    instrument: { label: '•••• 4477', rrn: '603668680243', authCode: '062467' },
    provider: 'stripe',
    providerPaymentId: 'cs_test_a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4a5b6c7d8e9f0',
    paymentId: '0193b7a0-5c1e-7d42-9c3a-1f2e3d4c5b6a',
    ...over,
  };
}

const back = money(23_450n, 'RUB');
/** The receipt of a part that was paid back. */
export const refundView = (over: Partial<ReceiptView> = {}): ReceiptView =>
  receiptView({
    kind: 'refund',
    status: 'paid-back',
    number: 'R-2026-7000001-0002',
    purpose: {
      ru: 'Возврат по квитанции R-2026-7000001-0001, договор 7000001, лицевой счёт 7000001-1',
      en: 'Refund of receipt R-2026-7000001-0001, contract 7000001, account 7000001-1',
    },
    amount: back,
    amountInWords: amountInWords.inWords(back),
    fee: undefined,
    instrument: undefined,
    total: back,
    providerPaymentId: 're_3Nabc',
    ...over,
  });

/** A payment of which two parts were paid back. */
export const refundedView = (): ReceiptView =>
  receiptView({
    status: 'partly-refunded',
    refunds: [23_450n, 100n].map((minor, n) => ({
      refundId: `refund-${n}` as RefundId,
      number: `R-2026-7000001-000${n + 2}`,
      at: instant(Date.UTC(2026, 10, 23 + n, 9, 0)),
      amount: money(minor, 'RUB'),
    })),
  });

/** A payment of which a cash register made a fiscal receipt. */
export const fiscalView = (over: Partial<ReceiptView> = {}): ReceiptView => {
  const data = givenFiscal();
  return receiptView({
    fiscal: {
      heading: fiscalHeading,
      lines: { ru: fiscalLines(data, 'ru'), en: fiscalLines(data, 'en') },
      qr: fiscalQrOf(data),
    },
    ...over,
  });
};
