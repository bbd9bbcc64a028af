import { ok, refused, type Result } from '../result.ts';
import { type FieldFault, fieldFault, type OrderFields } from './order-fields.ts';

/** Where a company takes payments by transfer. */
export interface BankDetails {
  readonly payee: string;
  /** Digits: 10 of a company, 12 of a person in business. */
  readonly taxNumber: string;
  readonly kpp: string | undefined;
  readonly account: string;
  readonly bank: string;
  readonly bic: string;
  readonly correspondentAccount: string;
}

export type BankDetailsRefusal =
  FieldFault | { readonly reason: 'key-wrong'; readonly field: 'PersonalAcc' | 'CorrespAcc' };

/** The fields of an order that name the payee. */
export const payeeFields = (details: BankDetails): OrderFields => ({
  Name: details.payee,
  PersonalAcc: details.account,
  BankName: details.bank,
  BIC: details.bic,
  CorrespAcc: details.correspondentAccount,
  PayeeINN: details.taxNumber,
  ...(details.kpp === undefined ? {} : { KPP: details.kpp }),
});

/** Looks the details over; an account whose key does not fit its bank is mistyped. */
export function bankDetails(given: BankDetails): Result<BankDetails, BankDetailsRefusal> {
  const fields = payeeFields(given);
  for (const [field, value] of Object.entries(fields)) {
    const fault = fieldFault(field as keyof typeof fields, value);
    if (fault !== undefined) return refused(fault);
  }
  const { bic, account, correspondentAccount } = given;
  if (!keyFits(ofAccount(bic), account))
    return refused({ reason: 'key-wrong', field: 'PersonalAcc' });
  if (correspondentAccount !== '0' && !keyFits(ofCashCentre(bic), correspondentAccount)) {
    return refused({ reason: 'key-wrong', field: 'CorrespAcc' });
  }
  return ok(given);
}

const weights = [7, 1, 3] as const;
const ofCashCentre = (bic: string): string => `0${bic.slice(4, 6)}`;
/** A BIC that ends in 000, 001 or 002 is the Bank of Russia's own. */
const ofAccount = (bic: string): string =>
  /00[012]$/.test(bic) ? ofCashCentre(bic) : bic.slice(6);

/** The key of an account makes the last digit of this sum a nought. Source: Bank of Russia, order 515 of 8 Sep 1997. */
function keyFits(prefix: string, account: string): boolean {
  const sum = [...`${prefix}${account}`].reduce(
    (total, digit, n) => total + Number(digit) * (weights[n % 3] ?? 0),
    0,
  );
  return sum % 10 === 0;
}
