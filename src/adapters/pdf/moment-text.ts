import type { Locale } from '../../domain/locale.ts';
import type { Instant } from '../../domain/time.ts';

const languages: Readonly<Record<Locale, string>> = { ru: 'ru-RU', en: 'en-GB' };

/** `22 ноября 2026 г., 14:03 (UTC+3)`: in the company's zone, which is said. */
export function momentText(at: Instant, locale: Locale, timeZone: string): string {
  const language = languages[locale];
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at);
  const time = new Intl.DateTimeFormat(language, {
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone,
  });
  return `${day}, ${time.format(at)} (${zoneText(at, timeZone)})`.replaceAll('\u202F', '\u00A0');
}

function zoneText(at: Instant, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' });
  const found = parts.formatToParts(at).find(({ type }) => type === 'timeZoneName');
  return (found?.value ?? 'UTC').replace('GMT', 'UTC');
}
