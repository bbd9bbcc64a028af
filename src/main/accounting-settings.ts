import { z } from 'zod';
import { parseDecimal } from '../domain/money.ts';

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''));

/** What can be set about the company's accounting. */
export const accountingEnvironment = z.object({
  ACCOUNTING_SYSTEM: z.enum(['own', 'tryton', '1c']).default('own'),
  TRYTON_URL: url.default('http://127.0.0.1:58000'),
  TRYTON_DATABASE: z.string().default('kabinet'),
  TRYTON_USER: z.string().default('admin'),
  TRYTON_PASSWORD_FILE: z.string().optional(),
  ONE_C_URL: url.optional(),
  ONE_C_USER: z.string().default('kabinet'),
  ONE_C_PASSWORD_FILE: z.string().optional(),
  ONE_C_TAX_NUMBER: z.string().optional(),
  TOLERATED_A_DAY: z
    .string()
    .default('')
    .transform((text, context) => {
      const sums = text.split(',').filter((part) => part.trim() !== '');
      const read = sums.flatMap((part) => {
        const [value = '', currency = '', ...more] = part.trim().split(/ +/);
        const sum = more.length === 0 ? parseDecimal(value, currency) : undefined;
        return sum === undefined || sum.minor < 0n ? [] : [sum];
      });
      const currencies = new Set(read.map(({ currency }) => currency));
      if (read.length === sums.length && currencies.size === sums.length) return read;
      context.addIssue({
        code: 'custom',
        message: 'takes a sum for each currency, as 100.00 RUB, 1.00 EUR',
      });
      return z.NEVER;
    }),
});

/** Which accounting system the company has. */
export type AccountingSettings =
  | { readonly system: 'own' }
  | {
      readonly system: 'tryton';
      readonly url: string;
      readonly database: string;
      readonly user: string;
      readonly passwordFile: string;
    }
  | {
      readonly system: '1c';
      /** The publication of the infobase. */
      readonly url: string;
      readonly user: string;
      readonly passwordFile: string;
      /** Finds the company among the organisations of the infobase. */
      readonly taxNumber: string;
    };

export function accountingSettings(
  set: z.output<typeof accountingEnvironment>,
  companyTaxNumber: string,
): AccountingSettings {
  switch (set.ACCOUNTING_SYSTEM) {
    case 'own':
      return { system: 'own' };
    case 'tryton':
      return {
        system: 'tryton',
        ...{ url: set.TRYTON_URL, database: set.TRYTON_DATABASE, user: set.TRYTON_USER },
        passwordFile: needed(set, 'TRYTON_PASSWORD_FILE', 'a file with the password'),
      };
    case '1c':
      return {
        ...{ system: '1c', user: set.ONE_C_USER },
        url: needed(set, 'ONE_C_URL', 'the address of the published infobase'),
        passwordFile: needed(set, 'ONE_C_PASSWORD_FILE', 'a file with the password'),
        taxNumber: set.ONE_C_TAX_NUMBER ?? companyTaxNumber,
      };
  }
}

function needed(
  set: z.output<typeof accountingEnvironment>,
  name: 'TRYTON_PASSWORD_FILE' | 'ONE_C_URL' | 'ONE_C_PASSWORD_FILE',
  what: string,
): string {
  const value = set[name];
  if (value !== undefined) return value;
  throw new Error(`${name} is missing: ACCOUNTING_SYSTEM=${set.ACCOUNTING_SYSTEM} needs ${what}`);
}
