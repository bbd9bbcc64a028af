/** Digits after the point by ISO 4217. Not taken from Intl, which follows cash custom (HUF: 0) and not the standard. */
const exponents = {
  RUB: 2,
  USD: 2,
  EUR: 2,
  KZT: 2,
  JPY: 0,
  KWD: 3,
} as const;

export type Currency = keyof typeof exponents;

/** The currencies accounts may be in. */
export const currencies: readonly Currency[] = Object.keys(exponents) as Currency[];
export const isCurrency = (text: string): text is Currency => Object.hasOwn(exponents, text);
export const exponentOf = (currency: Currency): number => exponents[currency];
