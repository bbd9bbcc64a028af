import type { BankMovement } from '../bank-statement.ts';

/** How a provider's transfers to us are told from other money. What is empty or absent is not looked at. */
export interface SettlementRule {
  readonly provider: string;
  readonly taxNumber?: string | undefined;
  readonly account?: string | undefined;
  /** Part of the payer's name, in any case. */
  readonly name?: string | undefined;
  /** Finds the number of the provider's register in the purpose, as its first group. */
  readonly batch?: RegExp | undefined;
}

/** A transfer of what a provider has captured for us. */
export interface Settlement {
  readonly provider: string;
  /** The provider's register, or the bank's document where the purpose names none. */
  readonly batchId: string;
}

/**
 * Tells whose settlement a movement is; undefined for what no rule or more than one fits: people look at that, for
 * money is never booked by a guess.
 */
export function matchSettlement(
  movement: BankMovement,
  rules: readonly SettlementRule[],
): Settlement | undefined {
  if (movement.direction !== 'in') return undefined;
  const fitting = rules.filter((rule) => fits(movement, rule));
  const [rule] = fitting;
  if (rule === undefined || fitting.length > 1) return undefined;
  if (rule.batch === undefined) {
    return { provider: rule.provider, batchId: `${movement.day}:${movement.number}` };
  }
  const batch = rule.batch.exec(movement.purpose)?.[1];
  return batch === undefined ? undefined : { provider: rule.provider, batchId: batch };
}

function fits({ other }: BankMovement, { taxNumber, account, name }: SettlementRule): boolean {
  const asked = [
    [taxNumber, other.taxNumber === taxNumber],
    [account, other.account === account],
    [name, other.name.toLowerCase().includes((name ?? '').toLowerCase())],
  ] as const;
  const said = asked.filter(([wanted]) => wanted !== undefined && wanted !== '');
  return said.length > 0 && said.every(([, is]) => is);
}
