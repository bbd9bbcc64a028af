import type { BreakCase } from '../../application/ports/reconciliation-store.ts';

const heading = ['code', 'state', 'payment', 'provider_ref', 'ours', 'theirs'] as const;

/** The breaks of a reconciliation as CSV by RFC 4180, with `;` and a mark for spreadsheets that it is UTF-8. */
export function breaksCsv(breaks: readonly BreakCase[]): string {
  const rows = breaks.map(({ code, state, paymentId, ref, ours, theirs }) =>
    [code, state, paymentId ?? '', ref ?? '', ours, theirs].map(cell),
  );
  return `\uFEFF${[heading, ...rows].map((row) => row.join(';')).join('\r\n')}\r\n`;
}

/** A cell that a spreadsheet would take for a formula is made plain text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
