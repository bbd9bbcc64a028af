import { isLocale, type Locale, type Texts } from '../../domain/locale.ts';
import type { Instant } from '../../domain/time.ts';
import { isoText } from '../../domain/time.ts';
import { html, type Html } from './html.ts';

/** Speaks to one visitor: texts, moments and numbers in their language. */
export interface Say {
  readonly locale: Locale;
  text(texts: Texts): string;
  /** In the company's zone. */
  moment(at: Instant): Html;
  number(value: number): string;
}

export const saying = (locale: Locale, timeZone: string): Say => {
  const moments = new Intl.DateTimeFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const numbers = new Intl.NumberFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', {
    maximumFractionDigits: 1,
  });
  return {
    locale,
    text: (texts) => texts[locale],
    moment: (at) => html`<time datetime="${isoText(at)}">${moments.format(at)}</time>`,
    number: (value) => numbers.format(value),
  };
};

/** The language asked for: of the switch, of an earlier visit, else the first of the browser's we speak. */
export function localeOf(
  chosen: string | undefined,
  remembered: string | undefined,
  acceptLanguage: string,
): Locale {
  for (const one of [chosen, remembered]) if (one !== undefined && isLocale(one)) return one;
  const asked = acceptLanguage
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find(isLocale);
  return asked ?? 'en';
}
