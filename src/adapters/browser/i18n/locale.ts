export type Locale = 'ru' | 'en';

const storageKey = 'kabinet.locale';

/** The language with its region, for `Intl`: dates day first in English too. */
export const intlLocale: Readonly<Record<Locale, string>> = { ru: 'ru-RU', en: 'en-GB' };

/** The language chosen on this device, else what the page was opened in (see appearance.js). */
export function firstLocale(): Locale {
  return chosenLocale() ?? (document.documentElement.lang === 'en' ? 'en' : 'ru');
}

export function chosenLocale(): Locale | undefined {
  const saved = readStored(storageKey);
  return saved === 'ru' || saved === 'en' ? saved : undefined;
}

export function rememberLocale(locale: Locale): void {
  writeStored(storageKey, locale);
}

/** Storage may be closed to us (private windows); then nothing is remembered. */
export function readStored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function writeStored(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Nothing is remembered, nothing breaks.
  }
}
