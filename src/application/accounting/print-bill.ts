import { formulasOf } from '../../domain/ledger/charge-formula.ts';
import type { Locale, Texts } from '../../domain/locale.ts';
import type { BankDetails } from '../../domain/payment-order/bank-details.ts';
import type { CodePages } from '../../domain/payment-order/code-page.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import { nextDay, startOfDay } from '../../domain/time.ts';
import type { BillPrinter } from '../ports/bill-printer.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { AmountWriter, Company } from '../ports/receipt-printer.ts';
import { transferOf } from './bill-order.ts';

/** Who is paid. */
export interface Payee {
  readonly company: Company;
  /** Absent: no bill can be paid by a QR picture. */
  readonly bank: BankDetails | undefined;
}

export interface PrintedBill {
  readonly pdf: Uint8Array;
  /** Why it cannot be paid by its QR picture, for whoever prints it; undefined where it can. */
  readonly withoutQr: Texts | undefined;
}

/** Prints a bill as it was booked: its lines, why each is this sum, and how to pay it by transfer. */
export const printBill =
  (
    ledger: Pick<Ledger, 'bill'>,
    payee: Payee,
    codePages: CodePages,
    writer: AmountWriter,
    printer: BillPrinter,
  ) =>
  async (
    invoiceId: string,
    locale: Locale,
  ): Promise<Result<PrintedBill, { readonly reason: 'bill-unknown' }>> => {
    const bill = await ledger.bill(invoiceId);
    if (bill === undefined) return refused({ reason: 'bill-unknown' });
    const transfer = transferOf(bill, payee.bank, codePages);
    const pdf = await printer.printBill(
      {
        company: payee.company,
        number: bill.invoiceId,
        account: bill.account,
        from: bill.period.from,
        to: bill.period.to,
        datedAt: startOfDay(nextDay(bill.period.to), payee.company.timeZone),
        lines: bill.lines.map((line) => ({
          title: line.title,
          amount: line.amount,
          formulas: formulasOf(line),
        })),
        penalty: bill.penalty,
        total: bill.total,
        totalInWords: writer.inWords(bill.total),
        transfer: transfer.ok ? transfer.value : undefined,
      },
      locale,
    );
    return ok({ pdf, withoutQr: transfer.ok ? undefined : transfer.refusal });
  };
export type PrintBill = ReturnType<typeof printBill>;
