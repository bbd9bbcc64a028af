import type { ReceiptView } from '../../application/ports/receipt-printer.ts';
import type { Locale } from '../../domain/locale.ts';

type ByKind = Readonly<Record<ReceiptView['kind'], string>>;

interface ReceiptWords {
  readonly heading: ByKind;
  readonly numberSign: string;
  readonly status: Readonly<Record<ReceiptView['status'], string>>;
  readonly payer: ByKind;
  readonly paidAt: ByKind;
  readonly total: ByKind;
  readonly purpose: ByKind;
  readonly notes: readonly string[];
  readonly contract: string;
  readonly account: string;
  readonly method: string;
  readonly fee: string;
  readonly noFee: string;
  readonly provider: string;
  readonly providerPayment: string;
  readonly payment: string;
  readonly refunded: string;
  readonly more: string;
  readonly rrn: string;
  readonly authCode: string;
  readonly check: string;
  readonly qrAlt: string;
  readonly fiscalQrAlt: string;
}

/** The words of a receipt in each language. */
export const receiptWords: Readonly<Record<Locale, ReceiptWords>> = {
  ru: {
    heading: { payment: 'Квитанция об оплате', refund: 'Квитанция о возврате' },
    numberSign: '№',
    status: {
      paid: 'Оплачено',
      'partly-refunded': 'ВОЗВРАЩЕНО ЧАСТИЧНО',
      refunded: 'ВОЗВРАЩЕНО',
      'paid-back': 'Возвращено',
      'came-back': 'ВОЗВРАТ НЕ СОСТОЯЛСЯ',
    },
    payer: { payment: 'Плательщик', refund: 'Получатель' },
    paidAt: { payment: 'Дата оплаты', refund: 'Дата возврата' },
    total: { payment: 'Итого списано', refund: 'Итого возвращено' },
    purpose: { payment: 'Назначение', refund: 'Основание' },
    contract: 'договор',
    account: 'Лицевой счёт',
    method: 'Способ оплаты',
    fee: 'Комиссия',
    noFee: 'без комиссии',
    provider: 'Платёжная система',
    providerPayment: 'Номер в системе',
    payment: 'Номер платежа',
    refunded: 'Возвращено',
    more: 'и ещё',
    rrn: 'RRN',
    authCode: 'Код авторизации',
    check: 'Проверка подлинности',
    fiscalQrAlt: 'QR-код кассового чека для проверки в налоговой службе',
    qrAlt: 'QR-код со ссылкой на проверку подлинности:',
    notes: [
      'Не является кассовым чеком.',
      'Документ сформирован автоматически и действителен без подписи.',
    ],
  },
  en: {
    heading: { payment: 'Payment receipt', refund: 'Refund receipt' },
    numberSign: 'No.',
    status: {
      paid: 'Paid',
      'partly-refunded': 'PARTLY REFUNDED',
      refunded: 'REFUNDED',
      'paid-back': 'Refunded',
      'came-back': 'REFUND RETURNED',
    },
    payer: { payment: 'Payer', refund: 'Paid to' },
    paidAt: { payment: 'Paid on', refund: 'Refunded on' },
    total: { payment: 'Total debited', refund: 'Total refunded' },
    purpose: { payment: 'Purpose', refund: 'Reason' },
    contract: 'contract',
    account: 'Account',
    method: 'Payment method',
    fee: 'Fee',
    noFee: 'no fee',
    provider: 'Payment system',
    providerPayment: 'Its reference',
    payment: 'Payment number',
    refunded: 'Refunded',
    more: 'and other',
    rrn: 'RRN',
    authCode: 'Authorisation code',
    check: 'Check that it is genuine',
    fiscalQrAlt: 'QR code of the fiscal receipt, for the tax service',
    qrAlt: 'QR code with the link to check that this receipt is genuine:',
    notes: ['This is not a fiscal receipt.', 'Made automatically; valid without a signature.'],
  },
};
