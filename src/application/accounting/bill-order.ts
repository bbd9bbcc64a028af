import type { Bill } from '../../domain/ledger/bill.ts';
import type { Texts } from '../../domain/locale.ts';
import { payeeFields, type BankDetails } from '../../domain/payment-order/bank-details.ts';
import type { CodePages } from '../../domain/payment-order/code-page.ts';
import type { OrderFields } from '../../domain/payment-order/order-fields.ts';
import { orderRefusalText } from '../../domain/payment-order/order-refusal-text.ts';
import { writeOrder } from '../../domain/payment-order/write-order.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Transfer } from '../ports/bill-printer.ts';

const withoutBank: Texts = {
  ru: 'без QR-кода для оплаты: не указаны банковские реквизиты (BANK_ACCOUNT, BANK_BIC, BANK_NAME)',
  en: 'no payment QR code: bank details are not set (BANK_ACCOUNT, BANK_BIC, BANK_NAME)',
};
const notInRoubles: Texts = {
  ru: 'без QR-кода для оплаты: он бывает только в рублях',
  en: 'no payment QR code: there is one for roubles only',
};

/**
 * How a bill can be paid by transfer; refused with the reason, for whoever prints it. In UTF-8 where the names fit
 * into it, else in windows-1251, which takes half of the room.
 */
export function transferOf(
  bill: Bill,
  bank: BankDetails | undefined,
  codePages: CodePages,
): Result<Transfer, Texts> {
  if (bank === undefined) return refused(withoutBank);
  if (bill.total.currency !== 'RUB') return refused(notInRoubles);
  const purpose = purposeOf(bill);
  const fields: OrderFields = {
    ...payeeFields(bank),
    Sum: bill.total.minor.toString(),
    Purpose: purpose,
    PersAcc: bill.account,
    PaymPeriod: `${bill.period.to.slice(5, 7)}${bill.period.to.slice(0, 4)}`,
    QuittId: bill.invoiceId,
  };
  const wide = writeOrder(fields, codePages[2]);
  const order = wide.ok ? wide : writeOrder(fields, codePages[1]);
  if (order.ok) return ok({ bank, purpose, order: order.value });
  const { ru, en } = orderRefusalText(order.refusal);
  return refused({
    ru: `без QR-кода для оплаты: ${ru}`,
    en: `no payment QR code: ${en}`,
  });
}

const purposeOf = ({ invoiceId, account, period }: Bill): string =>
  `Оплата по квитанции ${invoiceId} за ${dotted(period.from)}-${dotted(period.to)}, лицевой счёт ${account}`;

const dotted = (day: string): string => day.split('-').toReversed().join('.');
