import type { Hold } from '../../domain/ledger/hold.ts';
import type { LedgerEvent } from '../../domain/ledger/ledger-event.ts';
import type { ToBill } from '../../domain/ledger/bill.ts';
import type { Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';

/** What a line of a file tells. */
export type Told =
  | { readonly tag: 'event'; readonly event: LedgerEvent; readonly hold: string | undefined }
  | { readonly tag: 'bill'; readonly toBill: ToBill; readonly at: Instant; readonly memo: string }
  | { readonly tag: 'hold'; readonly hold: Hold }
  | { readonly tag: 'void'; readonly key: string };

/** A line, by its number from one, and what it tells or why it tells nothing. */
export interface ToldLine {
  readonly line: number;
  readonly told: Result<Told, { readonly reason: string }>;
}

/** A file of events, read in parts. Throws FileRefused for one that cannot be read. */
export interface ToldEvents {
  lines(): AsyncIterable<ToldLine>;
}
