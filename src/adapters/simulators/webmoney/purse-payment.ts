import type { BackMethod } from './shop-purse.ts';
import type { Encoding, FormField } from './text/form-text.ts';

export interface WayBack {
  readonly url: string;
  readonly method: BackMethod;
}

/** What a payer can change in a form nobody has signed. */
export interface Terms {
  /** As it was received: it is told and hashed in these very characters. */
  readonly amountText: string;
  readonly amountMinor: number;
  /** The shop's own fields, given back as they came. */
  readonly ownFields: readonly FormField[];
}

/** What the payer's browser brought from the shop. */
export interface PaymentForm extends Terms {
  readonly number: string;
  readonly description: string;
  /** Days the money waits before it is the shop's. */
  readonly holdDays: string | undefined;
  /** In test mode: `0` all succeed, `1` all fail, `2` most succeed. */
  readonly simulated: '0' | '1' | '2';
  readonly resultUrl: string | undefined;
  readonly success: WayBack;
  readonly fail: WayBack;
  readonly encoding: Encoding;
  readonly language: 'ru-RU' | 'en-US';
  readonly isSigned: boolean;
}

/** Money that came into the shop's purse. */
export interface Transfer {
  readonly number: string;
  readonly at: number;
  readonly amountText: string;
  readonly amountMinor: number;
  readonly confirmedBy: ConfirmedBy;
  refundedMinor: number;
}
export type ConfirmedBy = 'SMS' | 'ENUM';

/** Why the payer's last try came to nothing. */
export type Trouble =
  | { readonly reason: 'not-enough' | 'wrong-code' | 'simulated' | 'no-answer' }
  | { readonly reason: 'shop-said-no'; readonly text: string };

/** A payment as WebMoney remembers it. */
export interface PursePayment extends PaymentForm {
  /** The unguessable end of its page's address. */
  readonly pageId: string;
  /** The shop's own id, or the payment number where the form has none. */
  readonly paymentId: string;
  readonly invoiceNo: string;
  readonly createdAt: number;
  state: 'open' | 'paid' | 'refused' | 'expired';
  amountText: string;
  amountMinor: number;
  ownFields: readonly FormField[];
  transfer: Transfer | undefined;
  trouble: Trouble | undefined;
}

/** The payer of every simulated payment; the purse is of the same kind as the shop's. */
export const payer = {
  wmid: '404521188333',
  purseDigits: '366393600555',
  country: 'RU',
  address: '198.51.100.24',
} as const;

export const payerPurse = (shopPurse: string): string => shopPurse.slice(0, 1) + payer.purseDigits;
