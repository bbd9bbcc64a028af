import type { Locale, Texts } from '../../domain/locale.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { RefundId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { Receipt, ReceiptStatus } from '../../domain/receipt.ts';
import type { Instant } from '../../domain/time.ts';
import type { CompanyLogo, CompanyTexts } from './stationery.ts';

/** The company that issues receipts. */
export interface Company {
  readonly name: string;
  readonly legalName: string;
  readonly taxNumber: string;
  readonly address: string;
  readonly support: string;
  /** IANA name; all printed times are in it. */
  readonly timeZone: string;
  readonly logo?: CompanyLogo | undefined;
  /** What it says of its own at the end of documents. */
  readonly texts?: CompanyTexts | undefined;
}

/** Everything a receipt shows, on the page and on paper. */
export interface ReceiptView {
  readonly kind: Receipt['kind'];
  readonly status: ReceiptStatus;
  readonly number: string;
  /** Printed form, groups of four. */
  readonly code: string;
  readonly verifyUrl: string;
  /** The same with the signature in its fragment, which never leaves the reader's device unasked: for the QR code. */
  readonly sealedUrl: string;
  /** The signed JSON: content, signature and public key. */
  readonly document: string;
  readonly issuedAt: Instant;
  /** When the money was taken, or paid back. */
  readonly paidAt: Instant;
  readonly company: Company;
  readonly payer: { readonly name: string; readonly contract: string };
  readonly accountNumber: string;
  readonly purpose: Texts;
  /** What the account was credited; on a refund's receipt what it was debited. */
  readonly amount: Money;
  /** Of the amount; on a refund's receipt of what the payer gets. */
  readonly amountInWords: Texts;
  /** Absent on a refund's receipt. */
  readonly fee: Money | undefined;
  /** What the payer paid, or gets back. */
  readonly total: Money;
  /** What a cash register made of it; absent until it did, and where none is asked. */
  readonly fiscal: FiscalBlock | undefined;
  /** What was paid back since, oldest first. */
  readonly refunds: readonly RefundLine[];
  readonly method: Texts;
  /** What was paid with, where the provider tells. */
  readonly instrument: Instrument | undefined;
  readonly provider: string;
  readonly providerPaymentId: string;
  readonly paymentId: string;
}
/** The fiscal receipt of the same money (54-FZ): its data in the order people know, and its own QR text. */
export interface FiscalBlock {
  readonly heading: Texts;
  readonly lines: Readonly<
    Record<Locale, readonly { readonly label: string; readonly value: string }[]>
  >;
  readonly qr: string;
}
export interface RefundLine {
  readonly refundId: RefundId;
  readonly number: string;
  readonly at: Instant;
  readonly amount: Money;
}

/** Paper that receipts are printed on: half of an A4 sheet, or a till's roll of 80 mm. */
export type Paper = 'a4' | 'roll';

/** Draws receipts. The same view, language and paper (A4 if not said) give the same bytes. */
export interface ReceiptPrinter {
  print(view: ReceiptView, locale: Locale, paper?: Paper): Promise<Uint8Array>;
}
/** Writes a sum in words, in each language. */
export interface AmountWriter {
  inWords(amount: Money): Texts;
}
