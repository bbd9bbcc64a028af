import { parseArgs } from 'node:util';
import { companyColumns, type CompanyFile } from '../../domain/company-file.ts';

export const importHelp = `Usage: npm run import -- --customers customers.csv --accounts accounts.csv --operations operations.csv

Loads a company's customers, accounts and operations into the books; the portal hears of them through the gateway.
Ids are the company's own, so the same files may be loaded again: what is there already is left alone.

Files: UTF-8, CSV by RFC 4180 with a header row; each of them may be left out.
  customers   ${companyColumns.customers.join(',')}
  accounts    ${companyColumns.accounts.join(',')}
  operations  ${companyColumns.operations.join(',')}
Amounts are signed decimals in major units with exactly the currency's digits; below zero is what the customer owes.

  --skip-bad          load the good rows although others are bad (otherwise one bad row stops all)
  --rejected FILE     where the bad rows are listed (rejected.csv)
  --help              this text

Exit code: 0 loaded, 1 bad rows and nothing loaded, 2 wrong usage or a file refused, 3 trouble with the database.`;

/** What the command line asks for. */
export interface ImportOptions {
  readonly help: boolean;
  readonly skipBad: boolean;
  readonly rejected: string;
  readonly paths: Readonly<Partial<Record<CompanyFile, string>>>;
}

/** A command line that makes no sense; the message is a sentence. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** Reads the command line; throws WrongUsage. */
export function importOptions(args: readonly string[]): ImportOptions {
  const values = parsed(args);
  const { customers, accounts, operations } = values;
  if (!values.help && [customers, accounts, operations].every((path) => path === undefined)) {
    throw new WrongUsage('name at least one file: --customers, --accounts or --operations');
  }
  return {
    help: values.help,
    skipBad: values['skip-bad'],
    rejected: values.rejected,
    paths: {
      ...(customers !== undefined && { customers }),
      ...(accounts !== undefined && { accounts }),
      ...(operations !== undefined && { operations }),
    },
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        customers: { type: 'string' },
        accounts: { type: 'string' },
        operations: { type: 'string' },
        'skip-bad': { type: 'boolean', default: false },
        rejected: { type: 'string', default: 'rejected.csv' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (cause) {
    throw new WrongUsage(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
