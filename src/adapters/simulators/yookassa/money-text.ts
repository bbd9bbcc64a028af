/** The currencies of the schema; all of them have hundredths. */
export const currencies = [
  ...['RUB', 'EUR', 'USD', 'KZT', 'BYN', 'UAH', 'UZS', 'TRY', 'INR', 'MDL', 'AZN', 'AMD'],
] as const;

/** A sum as it goes over the wire. */
export interface MoneyText {
  readonly value: string;
  readonly currency: string;
}

/** Reads `1234.50`; undefined for whatever else. */
export function minorOf(value: string): number | undefined {
  const found = /^(0|[1-9]\d{0,9})\.(\d{2})$/.exec(value);
  return found === null ? undefined : Number(found[1]) * 100 + Number(found[2]);
}

/** Writes a sum with its point and both decimals. */
export function moneyText(minor: number, currency: string): MoneyText {
  return { value: valueText(minor), currency };
}

export function valueText(minor: number): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const FEE_PER_MILLE = 35;

/** What reaches the shop: 3.5 % less, the fee rounded half up to a whole kopeck. */
export function incomeOf(minor: number): number {
  return minor - Math.floor((minor * FEE_PER_MILLE + 500) / 1_000);
}
