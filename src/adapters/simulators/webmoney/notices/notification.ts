import type { FormField } from '../text/form-text.ts';
import { hash2Of, hashOf } from '../hashes.ts';
import type { HashedValues } from '../hashes.ts';
import { moscowTime } from '../moscow-time.ts';
import { payer, payerPurse } from '../purse-payment.ts';
import type { PursePayment, Terms, Transfer } from '../purse-payment.ts';
import { modeOf } from '../shop-purse.ts';
import type { ShopPurse } from '../shop-purse.ts';

/** What a notification claims, and the hashes that are to prove it. */
export interface Claim {
  readonly values: HashedValues;
  readonly hash: string | undefined;
  readonly hash2: string | undefined;
  /** Fields that come once more, or were never asked for. */
  readonly more: readonly FormField[];
}

/** What is true of a transfer, hashed as the purse is set. */
export function trueClaim(payment: PursePayment, transfer: Transfer, purse: ShopPurse): Claim {
  return hashed(valuesOf(payment, transfer, purse), purse);
}

export function hashed(values: HashedValues, { secretKey, hashMethod }: ShopPurse): Claim {
  const hash = hashOf(values, secretKey, hashMethod);
  return { values, hash, hash2: hash2Of(values, secretKey), more: [] };
}

function valuesOf(payment: PursePayment, transfer: Transfer, purse: ShopPurse): HashedValues {
  return {
    payeePurse: purse.purse,
    amount: transfer.amountText,
    hold: payment.holdDays,
    number: payment.number,
    mode: modeOf(purse),
    invoiceNo: payment.invoiceNo,
    transferNo: transfer.number,
    transferDate: moscowTime(transfer.at),
    payerPurse: payerPurse(purse.purse),
    payerWmid: payer.wmid,
  };
}

/** The fields of the question before the payment: it proves nothing and carries no hash. */
export function questionFields(
  payment: PursePayment,
  { amountText, ownFields }: Terms,
  purse: ShopPurse,
): FormField[] {
  return [
    ['LMI_PREREQUEST', '1'],
    ['LMI_PAYEE_PURSE', purse.purse],
    ['LMI_PAYMENT_AMOUNT', amountText],
    ['LMI_PAYMENT_NO', payment.number],
    ['LMI_MODE', modeOf(purse)],
    ['LMI_PAYER_PURSE', payerPurse(purse.purse)],
    ['LMI_PAYER_WM', payer.wmid],
    ['LMI_PAYER_COUNTRYID', payer.country],
    ['LMI_LANG', payment.language],
    ...ownFields,
  ];
}

/** The fields of the notification after a transfer. */
export function notificationFields(
  payment: PursePayment,
  { confirmedBy }: Pick<Transfer, 'confirmedBy'>,
  { values, hash, hash2, more }: Claim,
  purse: ShopPurse,
): FormField[] {
  const fields: (readonly [string, string | undefined])[] = [
    ['LMI_PAYEE_PURSE', values.payeePurse],
    ['LMI_PAYMENT_AMOUNT', values.amount],
    ['LMI_PAYMENT_NO', values.number],
    ['LMI_HOLD', values.hold],
    ['LMI_MODE', values.mode],
    ['LMI_SYS_INVS_NO', values.invoiceNo],
    ['LMI_SYS_TRANS_NO', values.transferNo],
    ['LMI_SYS_TRANS_DATE', values.transferDate],
    ['LMI_PAYER_PURSE', values.payerPurse],
    ['LMI_PAYER_WM', values.payerWmid],
    ['LMI_PAYER_COUNTRYID', payer.country],
    ['LMI_PAYER_PCOUNTRYID', payer.country],
    ['LMI_PAYER_IP', payer.address],
    ['LMI_PAYMENT_DESC', payment.description],
    ['LMI_LANG', payment.language],
    ['LMI_DBLCHK', confirmedBy],
    ['LMI_SECRET_KEY', purse.sendsSecretKey ? purse.secretKey : undefined],
    ['LMI_HASH', hash],
    ['LMI_HASH2', hash2],
    ...payment.ownFields,
    ...more,
  ];
  return fields.filter((field): field is FormField => field[1] !== undefined);
}
