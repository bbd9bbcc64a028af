import type { BankMovement } from '../../domain/bank-statement.ts';
import type { Currency } from '../../domain/currency.ts';
import { matchSettlement, type SettlementRule } from '../../domain/ledger/settlement-match.ts';
import { money } from '../../domain/money.ts';
import { startOfDay } from '../../domain/time.ts';
import type { BankFileItem, ReadBankFile } from '../ports/bank-file.ts';
import type { PostEvent } from './post-event.ts';

/** What became of a bank's file. */
export interface ImportedBankFile {
  readonly movements: number;
  /** Settlements that are new in the books, and those that were there already. */
  readonly posted: number;
  readonly repeated: number;
  /** Money that came and fits no provider, and settlements that the books refused. */
  readonly unmatched: number;
  readonly refused: number;
  readonly warnings: number;
}

/** What the caller wants to hear of. */
export interface BankFileListener {
  warning(line: number, text: string): void;
  unmatched(line: number, movement: BankMovement, currency: Currency): void;
  refused(line: number, reason: string): void;
  progress(movements: number): void;
}

/**
 * Books the transfers of payment systems that a bank's file tells of: from their clearing account to the bank. The
 * file is read as a whole before anything of it is posted, so one that must not be believed changes nothing. Given
 * again it changes nothing, too. `open` opens the file anew. Throws BankFileRefused.
 */
export const importBankFile =
  (read: ReadBankFile, rules: readonly SettlementRule[], post: PostEvent, zone: string) =>
  async (
    open: () => AsyncIterable<Uint8Array>,
    listener: BankFileListener,
  ): Promise<ImportedBankFile> => {
    const counts = { movements: 0, posted: 0, repeated: 0, unmatched: 0, refused: 0, warnings: 0 };
    for await (const item of read(open())) if (item.kind === 'movement') counts.movements += 1;

    let seen = 0;
    for await (const item of read(open())) {
      if (item.kind === 'warning') {
        counts.warnings += 1;
        listener.warning(item.line, item.text);
      }
      if (item.kind !== 'movement') continue;
      const became = await bookOne(item, rules, post, zone);
      if (became.tag !== 'not-ours') counts[became.tag] += 1;
      if (became.tag === 'unmatched') {
        listener.unmatched(item.line, item.movement, item.currency);
      }
      if (became.tag === 'refused') listener.refused(item.line, became.reason);
      seen += 1;
      listener.progress(seen);
    }
    return counts;
  };
export type ImportBankFile = ReturnType<typeof importBankFile>;

type Became =
  | { readonly tag: 'posted' | 'repeated' | 'unmatched' | 'not-ours' }
  | { readonly tag: 'refused'; readonly reason: string };

async function bookOne(
  { movement, currency }: Extract<BankFileItem, { readonly kind: 'movement' }>,
  rules: readonly SettlementRule[],
  post: PostEvent,
  zone: string,
): Promise<Became> {
  if (movement.direction !== 'in') return { tag: 'not-ours' };
  const settlement = matchSettlement(movement, rules);
  if (settlement === undefined) return { tag: 'unmatched' };
  const answer = await post({
    type: 'settled',
    ...settlement,
    amount: money(movement.minor, currency),
    at: startOfDay(movement.day, zone),
    memo: movement.purpose,
  });
  return answer.ok ? { tag: answer.value } : { tag: 'refused', reason: answer.refusal.reason };
}
