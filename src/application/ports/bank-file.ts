import type { BankMovement } from '../../domain/bank-statement.ts';
import type { Currency } from '../../domain/currency.ts';
import type { CalendarDay } from '../../domain/time.ts';

/** What a bank's file says, piece by piece, in its order. A movement between two of its accounts comes twice. */
export type BankFileItem =
  | {
      readonly kind: 'account';
      /** Counted from 1. */
      readonly line: number;
      readonly account: string;
      readonly currency: Currency;
      readonly from: CalendarDay;
      readonly to: CalendarDay;
      readonly opening: bigint;
      /** Absent where the bank does not say it. */
      readonly closing: bigint | undefined;
    }
  | {
      readonly kind: 'movement';
      readonly line: number;
      /** Ours. */
      readonly account: string;
      readonly currency: Currency;
      readonly movement: BankMovement;
    }
  | { readonly kind: 'warning'; readonly line: number; readonly text: string };

/** Why a file is not taken. The code is for programs. */
export type BankFileMistake =
  | 'not-this-format'
  | 'unknown-version'
  | 'unknown-encoding'
  | 'cut-off'
  | 'misplaced'
  | 'missing'
  | 'malformed-date'
  | 'malformed-amount'
  | 'too-many-decimals'
  | 'too-long'
  | 'wrong-currency'
  | 'foreign-document'
  | 'outside-period'
  | 'does-not-add-up';

/** A bank's file that cannot be believed: nothing of it is taken. The message is a sentence with the place. */
export class BankFileRefused extends Error {
  override readonly name = 'BankFileRefused';
  readonly mistake: BankFileMistake;
  readonly line: number;

  constructor(mistake: BankFileMistake, line: number, what: string) {
    super(`line ${String(line)}: ${what}`);
    this.mistake = mistake;
    this.line = line;
  }
}

/** Reads a bank's file in bounded memory. Throws BankFileRefused where it must not be believed. */
export type ReadBankFile = (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<BankFileItem>;
