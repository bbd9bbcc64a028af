/** The largest sum of a bill: six digits before the point. */
export const LARGEST_MINOR = 99_999_999;

/** Reads a value sent as a number or as text; what is beyond hundredths is cut off, never rounded. */
export function minorOf(value: string | number): number | undefined {
  const parts = /^(\d{1,6})(?:\.(\d{1,20}))?$/.exec(String(value));
  if (parts === null) return undefined;
  const [, whole = '', fraction = ''] = parts;
  const minor = Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
  return minor > 0 ? minor : undefined;
}

/** Writes a sum with exactly two decimals. */
export function valueText(minor: number): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Writes a sum as shortly as it goes: 100, 14.5, 14.65. */
export const shortText = (minor: number): string =>
  valueText(minor).replace(/\.00$|(?<=\.\d)0$/, '');
