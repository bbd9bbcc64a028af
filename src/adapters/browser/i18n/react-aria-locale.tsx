import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { useLocale } from './text.ts';

/** Tells React Aria the page's language, for the few words it says itself. */
export function ReactAriaLocale({ children }: { readonly children: ReactNode }): ReactNode {
  const locale = useLocale() === 'ru' ? 'ru-RU' : 'en-US';
  return <I18nProvider locale={locale}>{children}</I18nProvider>;
}
