import { useLingui } from '@lingui/react';
import type { Locale } from './locale.ts';

export type Values = Readonly<Record<string, string | number>>;
export type Text = (id: string, values?: Values) => string;

/** The texts of the current language by their catalogue id. */
export function useText(): Text {
  const { i18n } = useLingui();
  return (id, values) => i18n._(id, values === undefined ? {} : { ...values });
}

export function useLocale(): Locale {
  const { i18n } = useLingui();
  return i18n.locale === 'en' ? 'en' : 'ru';
}
