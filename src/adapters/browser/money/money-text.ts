import type { MoneyJson } from '../../http/contract/money-json.ts';
import { currencyExponent } from './currency-exponent.ts';

/** A piece of a formatted sum; `fraction` (with its separator) may be set smaller. */
export interface MoneyPart {
  readonly kind: 'number' | 'fraction' | 'currency' | 'sign' | 'space';
  readonly text: string;
}

export type SignDisplay = 'auto' | 'always' | 'never';

/** Turns smallest units into an exact decimal, `-123450` RUB → `-1234.50`. No floating point. */
export function decimalText(money: MoneyJson): string {
  const exponent = currencyExponent(money.currency);
  const negative = money.minor.startsWith('-');
  const digits = (negative ? money.minor.slice(1) : money.minor).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${negative ? '-' : ''}${whole}${fraction}`;
}

/** The sum as people of this language write it: `1 234,50 ₽`, `₽1,234.50`, `500 ₸`. */
export function moneyText(money: MoneyJson, locale: string, sign: SignDisplay = 'auto'): string {
  return moneyParts(money, locale, sign)
    .map((part) => part.text)
    .join('');
}

/** The same, in pieces. The minus is a real minus sign, which is as wide as a digit. */
export function moneyParts(money: MoneyJson, locale: string, sign: SignDisplay): MoneyPart[] {
  const parts = formatFor(money.currency, locale, sign).formatToParts(numeric(decimalText(money)));
  return parts.map((part) => {
    const kind = kindOf(part.type);
    return { kind, text: part.type === 'minusSign' ? '\u2212' : part.value };
  });
}

function kindOf(type: Intl.NumberFormatPartTypes): MoneyPart['kind'] {
  if (type === 'currency') return 'currency';
  if (type === 'minusSign' || type === 'plusSign') return 'sign';
  if (type === 'decimal' || type === 'fraction') return 'fraction';
  if (type === 'literal') return 'space';
  return 'number';
}

const formats = new Map<string, Intl.NumberFormat>();

function formatFor(currency: string, locale: string, sign: SignDisplay): Intl.NumberFormat {
  const key = `${locale} ${currency} ${sign}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const exponent = currencyExponent(currency);
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
    signDisplay: sign === 'always' ? 'exceptZero' : sign,
  });
  formats.set(key, made);
  return made;
}

// Intl formats decimal text exactly; the type of such text cannot be inferred from concatenation.
function numeric(decimal: string): Intl.StringNumericLiteral {
  return decimal as Intl.StringNumericLiteral;
}
