/** Reads an amount with a dot and at most two decimals; undefined when it is anything else, or nothing. */
export function minorOf(text: string): number | undefined {
  const parts = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text);
  if (parts === null) return undefined;
  const [, whole = '', hundredths = ''] = parts;
  const minor = Number(whole) * 100 + Number(hundredths.padEnd(2, '0'));
  return minor > 0 ? minor : undefined;
}

/** Writes an amount with two decimals. */
export function decimalText(minor: number): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
