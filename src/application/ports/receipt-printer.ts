import type { Locale, Texts } from '../../domain/locale.ts';
import type { Money } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';

/** The company that issues receipts. */
export interface Company {
  readonly name: string;
  readonly legalName: string;
  readonly taxNumber: string;
  readonly address: string;
  readonly support: string;
  /** IANA name; all printed times are in it. */
  readonly timeZone: string;
}

/** Everything a receipt shows, on the page and on paper. */
export interface ReceiptView {
  readonly number: string;
  /** Printed form, groups of four. */
  readonly code: string;
  readonly verifyUrl: string;
  readonly issuedAt: Instant;
  readonly paidAt: Instant;
  readonly company: Company;
  readonly payer: { readonly name: string; readonly contract: string };
  readonly accountNumber: string;
  readonly purpose: Texts;
  readonly amount: Money;
  readonly amountInWords: Texts;
  readonly fee: Money;
  readonly total: Money;
  readonly method: Texts;
  readonly provider: string;
  readonly providerPaymentId: string;
  readonly paymentId: string;
}

/** Draws receipts. The same view and language give the same bytes. */
export interface ReceiptPrinter {
  print(view: ReceiptView, locale: Locale): Promise<Uint8Array>;
}
/** Writes a sum in words, in each language. */
export interface AmountWriter {
  inWords(amount: Money): Texts;
}
