import { timingSafeEqual } from 'node:crypto';
import { minorOf } from '../decimal-amount.ts';
import { formSign } from '../hashes.ts';
import type { PaymentForm, Terms, WayBack } from '../purse-payment.ts';
import { isClosed } from '../shop-purse.ts';
import type { ShopPurse } from '../shop-purse.ts';
import type { Encoding, FormField } from '../text/form-text.ts';
import { FormProblem, LmiFields } from './lmi-fields.ts';

const LARGEST_NUMBER = 2_147_483_647;
const LONGEST_DESCRIPTION = 255;
const methods = ['0', '1', '2'] as const;

/** Takes what the payer's browser brought from the shop; throws a FormProblem when it cannot be paid. */
export function paymentForm(
  fields: readonly FormField[],
  purse: ShopPurse,
  encoding: Encoding,
  language: PaymentForm['language'],
): PaymentForm {
  const lmi = new LmiFields(fields);
  mustPay(lmi, purse);
  const number = numberIn(lmi);
  const holdDays = holdIn(lmi, purse);
  return {
    ...termsIn(lmi, fields),
    ...waysBack(lmi, purse),
    number,
    holdDays,
    description: descriptionIn(lmi),
    simulated: simulatedIn(lmi, purse),
    encoding,
    language,
    isSigned: checkSign(lmi, purse.secretKeyX20, holdDays),
  };
}

function mustPay(lmi: LmiFields, { purse }: ShopPurse): void {
  const payee = lmi.required('LMI_PAYEE_PURSE');
  if (!/^[A-Z]\d{12}$/.test(payee)) throw new FormProblem('LMI_PAYEE_PURSE is not a purse');
  if (isClosed(payee)) throw new FormProblem('LMI_PAYEE_PURSE: purses in roubles are closed');
  if (payee !== purse) throw new FormProblem('LMI_PAYEE_PURSE is unknown');
}

function numberIn(lmi: LmiFields): string {
  const number = lmi.required('LMI_PAYMENT_NO');
  const isWhole = /^[1-9]\d{0,14}$/.test(number);
  if (isWhole && Number(number) <= LARGEST_NUMBER) return number;
  throw new FormProblem(`LMI_PAYMENT_NO is not a whole number from 1 to ${LARGEST_NUMBER}`);
}

function termsIn(lmi: LmiFields, fields: readonly FormField[]): Terms {
  const amountText = lmi.required('LMI_PAYMENT_AMOUNT');
  const amountMinor = minorOf(amountText);
  if (amountMinor === undefined) throw new FormProblem('LMI_PAYMENT_AMOUNT is not an amount');
  return { amountText, amountMinor, ownFields: fields.filter(([name]) => isOwn(name)) };
}

const isOwn = (name: string): boolean => !name.startsWith('LMI_') && !name.startsWith('_');

function holdIn(lmi: LmiFields, { allowsHold }: ShopPurse): string | undefined {
  const days = lmi.optional('LMI_HOLD');
  if (days === undefined) return undefined;
  if (!allowsHold) throw new FormProblem('LMI_HOLD: the shop has no such agreement');
  if (!/^[1-9]\d{0,2}$/.test(days)) throw new FormProblem('LMI_HOLD is not a number of days');
  return days;
}

/** The Base64 description wins: it means the same on both pages. */
function descriptionIn(lmi: LmiFields): string {
  const base64 = lmi.optional('LMI_PAYMENT_DESC_BASE64');
  const text = base64 === undefined ? lmi.optional('LMI_PAYMENT_DESC') : fromBase64(base64);
  if (text === undefined) {
    throw new FormProblem('LMI_PAYMENT_DESC and LMI_PAYMENT_DESC_BASE64 are missing');
  }
  if (text.length > LONGEST_DESCRIPTION) {
    throw new FormProblem(`the description is longer than ${LONGEST_DESCRIPTION} characters`);
  }
  return text;
}

function fromBase64(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) {
    throw new FormProblem('LMI_PAYMENT_DESC_BASE64 is not Base64');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FormProblem('LMI_PAYMENT_DESC_BASE64 is not UTF-8');
  }
}

function simulatedIn(lmi: LmiFields, { isTest }: ShopPurse): '0' | '1' | '2' {
  const simulated = lmi.oneOf('LMI_SIM_MODE', methods);
  // With a purse in live mode money moves for real, whatever the form would like to try.
  return isTest ? (simulated ?? '0') : '0';
}

function waysBack(
  lmi: LmiFields,
  purse: ShopPurse,
): { resultUrl: string | undefined; success: WayBack; fail: WayBack } {
  const resultUrl = lmi.url('LMI_RESULT_URL');
  const successUrl = lmi.url('LMI_SUCCESS_URL');
  const failUrl = lmi.url('LMI_FAIL_URL');
  const successMethod = lmi.oneOf('LMI_SUCCESS_METHOD', methods);
  const failMethod = lmi.oneOf('LMI_FAIL_METHOD', methods);
  const success: WayBack = { url: purse.successUrl, method: purse.successMethod };
  const fail: WayBack = { url: purse.failUrl, method: purse.failMethod };
  if (!purse.takesUrlsFromForm) return { resultUrl: undefined, success, fail };
  return {
    resultUrl,
    success: { url: successUrl ?? success.url, method: successMethod ?? success.method },
    fail: { url: failUrl ?? fail.url, method: failMethod ?? fail.method },
  };
}

/** Returns whether the form is signed, so that nobody but the shop can have made it. */
function checkSign(lmi: LmiFields, key: string | undefined, hold: string | undefined): boolean {
  if (key === undefined) return false;
  const form = {
    payeePurse: lmi.required('LMI_PAYEE_PURSE'),
    amount: lmi.required('LMI_PAYMENT_AMOUNT'),
    hold,
    number: lmi.required('LMI_PAYMENT_NO'),
  };
  const given = Buffer.from(lmi.required('LMI_PAYMENTFORM_SIGN').toLowerCase());
  const expected = Buffer.from(formSign(form, key));
  const isGood = given.length === expected.length && timingSafeEqual(given, expected);
  if (!isGood) throw new FormProblem('LMI_PAYMENTFORM_SIGN is wrong');
  return true;
}
