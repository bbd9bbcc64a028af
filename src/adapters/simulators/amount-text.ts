const withoutDecimals = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
);
const withThreeDecimals = new Set('bhd jod kwd omr tnd'.split(' '));

/** Writes an amount of the smallest unit for a reader: 123450 rub is «1 234,50 ₽» in Russian. */
export function amountText(minor: number, currency: string, locale: 'ru' | 'en'): string {
  const decimals = withoutDecimals.has(currency) ? 0 : withThreeDecimals.has(currency) ? 3 : 2;
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency.toUpperCase(),
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  // Text, not a fraction: Intl formats decimal text exactly.
  const digits = String(minor).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? digits : `${whole}.${digits.slice(-decimals)}`;
  return format.format(text as Intl.StringNumericLiteral);
}
