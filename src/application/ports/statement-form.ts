import type { BankMovement, BankStatement } from '../../domain/bank-statement.ts';

/** How another program wants a statement of an account written: in pieces, so that it may be of any length. */
export type StatementForm = (
  statement: BankStatement,
  movements: AsyncIterable<BankMovement>,
) => AsyncIterable<Uint8Array>;
