/** The code without the spaces and dashes people and phones put into it. */
export function plainCode(typed: string): string {
  return typed.replace(/[\s\u00a0\-\u2013\u2014]/gu, '');
}

/**
 * Whether to send the code without waiting for the button: only when it arrived whole (pasted or
 * filled in by the phone), never on the last typed digit.
 */
export function arrivedWhole(before: string, after: string, codeLength: number): boolean {
  const grownBy = plainCode(after).length - plainCode(before).length;
  return grownBy > 1 && new RegExp(`^\\d{${codeLength}}$`, 'u').test(plainCode(after));
}
