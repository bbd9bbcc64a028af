import { i18n } from '@lingui/core';
import type { Locale } from './locale.ts';

/** Loads the language's texts and switches the page to it. */
export async function showIn(locale: Locale): Promise<void> {
  const { messages } =
    locale === 'ru' ? await import('./locales/ru.po') : await import('./locales/en.po');
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
}
