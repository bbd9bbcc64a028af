import { readStored, writeStored } from '../i18n/locale.ts';

export type Theme = 'system' | 'light' | 'dark';

const storageKey = 'kabinet.theme';

/** Light or dark as chosen on this device; otherwise what the system says (see appearance.js). */
export function chosenTheme(): Theme {
  const saved = readStored(storageKey);
  return saved === 'light' || saved === 'dark' ? saved : 'system';
}

export function showTheme(theme: Theme): void {
  writeStored(storageKey, theme === 'system' ? undefined : theme);
  const { classList } = document.documentElement;
  classList.remove('theme-light', 'theme-dark');
  if (theme !== 'system') classList.add(`theme-${theme}`);
}
