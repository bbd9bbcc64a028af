import type { CompanyFiles, ImportCompany } from '../application/accounting/import-company.ts';
import type { CompanyBooks, RowSource } from '../application/ports/company-books.ts';
import { invariant } from '../domain/invariant.ts';
import { decimalText, money } from '../domain/money.ts';
import { instant, isoText, type Instant } from '../domain/time.ts';
import { demoHomes, type DemoAccount, type DemoHome } from './demo-homes.ts';

/**
 * The demo company, relative to a moment: two customers, each with two accounts and forty operations over fourteen
 * months, in the rows its files would have.
 */
export function demoCompany(now: Instant): CompanyFiles {
  return {
    customers: source(
      'customers',
      demoHomes.map((home) => [home.contract, home.name, home.phone, home.email, home.locale]),
    ),
    accounts: source(
      'accounts',
      demoHomes.flatMap((home) =>
        home.accounts.map((account) => [
          numberOf(home, account),
          home.contract,
          'RUB',
          account.openedOn,
          account.title,
        ]),
      ),
    ),
    operations: source(
      'operations',
      demoHomes.flatMap((home) =>
        home.accounts.flatMap((account) => operationsOf(home, account, now)),
      ),
    ),
  };
}

/** Loads the demo company unless it is there; answers whether it was loaded now. */
export async function loadDemoCompany(
  books: CompanyBooks,
  importFiles: ImportCompany,
  now: Instant,
): Promise<boolean> {
  if (await books.hasContract(demoHomes[0].contract)) return false;
  const { rejected } = await importFiles(demoCompany(now), false, {
    rejected: (row) => {
      throw new Error(`the demo's ${row.file}, row ${String(row.line)}: ${row.reason}`);
    },
    step: () => undefined,
  });
  invariant(rejected === 0, 'the demo company has bad rows');
  return true;
}

const numberOf = (home: DemoHome, account: DemoAccount): string =>
  `${home.contract}-${String(account.place)}`;

function operationsOf(
  home: DemoHome,
  account: DemoAccount,
  now: Instant,
): readonly (readonly string[])[] {
  const months = account.charges.length;
  const charges = account.charges.map((minor, n) => ({
    at: dayOfMonth(now, n - months, 1, 6),
    kind: 'charge',
    minor: -minor,
    text: `${account.chargeText} ${monthName(dayOfMonth(now, n - months, 1, 6), home.locale)}`,
    counterparty: account.supplier,
  }));
  const others = account.others.map((other) => ({
    at: dayOfMonth(now, other.month - months, other.day, 11),
    kind: other.kind,
    minor: other.minor,
    text: other.text,
    counterparty: other.counterparty,
  }));
  return [...charges, ...others]
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, kind, minor, text, counterparty }, n) => [
      `demo-${numberOf(home, account)}-${String(n + 1)}`,
      numberOf(home, account),
      isoText(at),
      kind,
      decimalText(money(BigInt(minor), 'RUB')),
      text,
      counterparty,
    ]);
}

/** A day of a month so many months from now, never later than an hour ago. */
function dayOfMonth(now: Instant, months: number, day: number, hour: number): Instant {
  const today = new Date(now);
  const ms = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + months, day, hour, 30);
  return instant(Math.min(ms, now - 3_600_000));
}

const monthName = (at: Instant, locale: 'ru' | 'en'): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
    .format(at)
    .replace(' г.', ' года');

const source = (name: string, rows: readonly (readonly string[])[]): RowSource => ({
  name,
  rows: async function* () {
    yield rows.map((cells, n) => ({ line: n + 2, cells, text: cells.join(',') }));
  },
});
