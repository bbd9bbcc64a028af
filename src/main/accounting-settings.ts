import { z } from 'zod';

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''));

/** What can be set about the company's accounting. */
export const accountingEnvironment = z.object({
  ACCOUNTING_SYSTEM: z.enum(['own', 'tryton']).default('own'),
  TRYTON_URL: url.default('http://127.0.0.1:58000'),
  TRYTON_DATABASE: z.string().default('kabinet'),
  TRYTON_USER: z.string().default('admin'),
  TRYTON_PASSWORD_FILE: z.string().optional(),
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
    };

export function accountingSettings(
  set: z.output<typeof accountingEnvironment>,
): AccountingSettings {
  if (set.ACCOUNTING_SYSTEM === 'own') return { system: 'own' };
  const passwordFile = set.TRYTON_PASSWORD_FILE;
  if (passwordFile === undefined) {
    throw new Error(
      'TRYTON_PASSWORD_FILE is missing: ACCOUNTING_SYSTEM=tryton needs a file with the password',
    );
  }
  const [place, database, user] = [set.TRYTON_URL, set.TRYTON_DATABASE, set.TRYTON_USER];
  return { system: 'tryton', url: place, database, user, passwordFile };
}
