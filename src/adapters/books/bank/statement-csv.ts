import type { StatementForm } from '../../../application/ports/statement-form.ts';
import { type BankStatement, closingOf } from '../../../domain/bank-statement.ts';
import { decimalText, money } from '../../../domain/money.ts';

const heading = ['date', 'number', 'amount', 'currency', 'counterparty', 'purpose'] as const;

/**
 * A statement as CSV by RFC 4180, with `;` and a mark for spreadsheets that it is UTF-8. The first row is what was
 * there before, the last what is there after; what left is below zero.
 */
export const statementCsv: StatementForm = async function* (statement, movements) {
  const { currency, from, to, turnover } = statement;
  yield row([...heading], '\uFEFF');
  yield row([from, '', sum(statement, turnover.opening), currency, '', 'opening balance']);
  for await (const { day, number, minor, direction, other, purpose } of movements) {
    const signed = direction === 'in' ? minor : -minor;
    yield row([day, number, sum(statement, signed), currency, other.name, purpose]);
  }
  yield row([to, '', sum(statement, closingOf(turnover)), currency, '', 'closing balance']);
};

const sum = ({ currency }: BankStatement, minor: bigint): string =>
  decimalText(money(minor, currency));
const row = (cells: readonly string[], mark = ''): Buffer =>
  Buffer.from(`${mark}${cells.map(cell).join(';')}\r\n`);

/** A cell that a spreadsheet would take for a formula is made plain text; a sum is none. */
function cell(text: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const plain = isFormula ? `'${text}` : text;
  return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
