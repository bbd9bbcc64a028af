import { z } from 'zod';
import { bankDetails, type BankDetails } from '../domain/payment-order/bank-details.ts';
import type { FieldName } from '../domain/payment-order/order-fields.ts';
import { orderRefusalText } from '../domain/payment-order/order-refusal-text.ts';

/** Where customers may pay by transfer; without these bills have no payment QR. */
export const bankEnvironment = z.object({
  BANK_NAME: z.string().optional(),
  BANK_BIC: z.string().optional(),
  BANK_ACCOUNT: z.string().optional(),
  BANK_CORRESPONDENT_ACCOUNT: z.string().default('0'),
  COMPANY_KPP: z.string().optional(),
});

const variables: Partial<Readonly<Record<FieldName, string>>> = {
  Name: 'COMPANY_LEGAL_NAME',
  PersonalAcc: 'BANK_ACCOUNT',
  BankName: 'BANK_NAME',
  BIC: 'BANK_BIC',
  CorrespAcc: 'BANK_CORRESPONDENT_ACCOUNT',
  PayeeINN: 'COMPANY_TAX_NUMBER',
  KPP: 'COMPANY_KPP',
};

/** Undefined where no account is set; throws an Error of one sentence that names the variable which is wrong. */
export function bankSettings(
  set: z.output<typeof bankEnvironment>,
  company: { readonly legalName: string; readonly taxNumber: string },
): BankDetails | undefined {
  const { BANK_NAME: bank, BANK_BIC: bic, BANK_ACCOUNT: account } = set;
  if (bank === undefined && bic === undefined && account === undefined) return undefined;
  const details = bankDetails({
    payee: company.legalName,
    taxNumber: company.taxNumber,
    kpp: set.COMPANY_KPP,
    account: account ?? '',
    bank: bank ?? '',
    bic: bic ?? '',
    correspondentAccount: set.BANK_CORRESPONDENT_ACCOUNT,
  });
  if (details.ok) return details.value;
  const { field } = details.refusal;
  const { en } = orderRefusalText(details.refusal);
  throw new Error(en.replace(field, variables[field] ?? field));
}
