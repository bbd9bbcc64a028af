import { currencies } from '../../domain/currency.ts';
import type { CalendarDay } from '../../domain/time.ts';
import type { JournalForm } from '../ports/journal-form.ts';
import type { DayRange, LedgerReports } from '../ports/ledger-reports.ts';

export interface ExportedJournal {
  readonly accounts: number;
  readonly entries: number;
}

/**
 * Writes the books of some days for another program: accounts, entries by day and, where nothing before them is left
 * out, what every account stands at after them. As of one moment, in parts that fit into memory.
 */
export const exportJournal =
  (reports: LedgerReports, form: JournalForm) =>
  (
    range: DayRange,
    write: (text: string) => Promise<void>,
    progress: (entries: number) => void,
  ): Promise<ExportedJournal> =>
    reports.read(async (books) => {
      const count = { accounts: 0, entries: 0 };
      let last: CalendarDay | undefined;
      await write(form.heading(currencies));
      for await (const accounts of books.accounts(range)) {
        await write(accounts.map((account) => form.account(account)).join(''));
        count.accounts += accounts.length;
      }
      for await (const entries of books.entries(range)) {
        await write(entries.map((booked) => form.entry(booked)).join(''));
        count.entries += entries.length;
        last = entries.at(-1)?.bookedOn ?? last;
        progress(count.entries);
      }
      if (range.from !== undefined || last === undefined) return count;
      const day = last;
      for await (const totals of books.totals(range.to)) {
        await write(totals.map((of) => form.claim(day, of)).join(''));
      }
      return count;
    });
export type ExportJournal = ReturnType<typeof exportJournal>;
