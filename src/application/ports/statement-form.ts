import type { BankMovement, BankStatement } from '../../domain/bank-statement.ts';

/** How another program wants a statement of an account written: in pieces, so that it may be of any length. Throws CannotBeWritten. */
export type StatementForm = (
  statement: BankStatement,
  movements: AsyncIterable<BankMovement>,
) => AsyncIterable<Uint8Array>;

/** A statement that a format has no way to say. The message is a sentence with what to do instead. */
export class CannotBeWritten extends Error {
  override readonly name = 'CannotBeWritten';
}
