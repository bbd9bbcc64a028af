import { z } from 'zod';
import type { SettlementRule } from '../../domain/ledger/settlement-match.ts';
import { readSettings } from './settings-file.ts';

const text = z.string().min(1).max(200).optional();

/** A pattern with one group: the number of the provider's register. */
const pattern = z
  .string()
  .max(200)
  .transform((source, context) => {
    try {
      const made = new RegExp(source, 'iu');
      // Whatever it finds, a pattern that may also match nothing tells how many groups it has.
      const groups = (new RegExp(`${source}|`, 'iu').exec('')?.length ?? 1) - 1;
      if (groups === 1) return made;
    } catch {
      // Said below.
    }
    context.addIssue({ code: 'custom', message: 'takes a pattern with one group in brackets' });
    return z.NEVER;
  });

const rule = z
  .strictObject({ taxNumber: text, account: text, name: text, batch: pattern.optional() })
  .refine(({ taxNumber, account, name }) => (taxNumber ?? account ?? name) !== undefined, {
    message: 'takes at least one of "taxNumber", "account" and "name"',
  });
const file = z.record(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/), rule);

/**
 * How the transfers of payment systems are told in a bank's statement: a JSON object, a rule by the name of each
 * provider. Throws an Error of one sentence that names the place of what is wrong.
 */
export const settlementRules = (path: string): readonly SettlementRule[] =>
  Object.entries(readSettings(path, file)).map(([provider, given]) => ({ provider, ...given }));
