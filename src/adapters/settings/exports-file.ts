import { z } from 'zod';
import { accountKinds } from '../../domain/ledger/chart-of-accounts.ts';
import type { LedgerAccountId } from '../../domain/ledger/entry.ts';
import { readSettings, wrongSettings } from './settings-file.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/);
const text = z.string().min(1).max(200).optional();
const account = z
  .string()
  .max(100)
  .refine((id) => Object.hasOwn(accountKinds, id.split(':')[0] ?? ''), {
    message: 'takes an account of the ledger, as in "bank:main:RUB"',
  })
  .transform((id) => id as LedgerAccountId);
const statement = {
  ...{ name, account, number: text, bank: text, bic: text, correspondent: text },
};
const planned = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('journal'), name }),
  z.strictObject({
    ...statement,
    format: z.literal('1c'),
    number: z.string().regex(/^\d{20}$/),
  }),
  z.strictObject({ ...statement, format: z.enum(['camt.053', 'camt.054', 'csv', 'xlsx']) }),
]);
const file = z.strictObject({
  directory: z.string().min(1).max(400),
  exports: z.array(planned).min(1).max(100),
});

/** What other programs get every day. */
export type ExportPlan = z.output<typeof file>;
export type PlannedFile = ExportPlan['exports'][number];

/** Reads the plan of daily exports. Throws an Error of one sentence that names the place of what is wrong. */
export function exportPlan(path: string): ExportPlan {
  const plan = readSettings(path, file);
  const names = plan.exports.map((one) => one.name);
  const twice = names.find((one, n) => names.indexOf(one) !== n);
  if (twice !== undefined) throw wrongSettings(path, `two exports are called ${twice}`);
  return plan;
}
