import { matchSettlement, type SettlementRule } from '../../domain/ledger/settlement-match.ts';
import { money } from '../../domain/money.ts';
import type { BankCredit } from '../../domain/settlement-batch.ts';
import type { ReadBankFile } from '../ports/bank-file.ts';

/**
 * The transfers of one batch in a bank's file, told by the same rules as those that are booked. The file is read to its
 * end, so that one which must not be believed gives none. Throws BankFileRefused.
 */
export const findCredits =
  (read: ReadBankFile, rules: readonly SettlementRule[]) =>
  async (
    chunks: AsyncIterable<Uint8Array>,
    provider: string,
    batch: string,
  ): Promise<readonly BankCredit[]> => {
    const found: BankCredit[] = [];
    for await (const item of read(chunks)) {
      if (item.kind !== 'movement') continue;
      const { movement, currency } = item;
      const settlement = matchSettlement(movement, rules);
      if (settlement?.provider !== provider || settlement.batchId !== batch) continue;
      const { day, number, minor } = movement;
      found.push({ day, number, amount: money(minor, currency) });
    }
    return found;
  };
