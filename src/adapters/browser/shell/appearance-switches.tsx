import { type ReactNode, useState } from 'react';
import { showIn } from '../i18n/catalogue.ts';
import { type Locale, rememberLocale } from '../i18n/locale.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/choice.tsx';
import styles from './shell.module.css';
import { chosenTheme, showTheme, type Theme } from './theme.ts';

const themes: readonly Theme[] = ['system', 'light', 'dark'];
const themeTexts = {
  system: 'shell.theme.system',
  light: 'shell.theme.light',
  dark: 'shell.theme.dark',
} as const;

/** Language and theme, in the same place on every page. */
export function AppearanceSwitches(): ReactNode {
  const text = useText();
  const [theme, setTheme] = useState(chosenTheme);
  const change = (value: string): void => {
    const wanted = themes.find((known) => known === value) ?? 'system';
    showTheme(wanted);
    setTheme(wanted);
  };
  return (
    <div className={styles.switches}>
      <LanguageSwitch />
      <Choice
        label={text('shell.theme')}
        isLabelHidden
        value={theme}
        onChange={change}
        options={themes.map((value) => ({ value, title: text(themeTexts[value]) }))}
      />
    </div>
  );
}

// The other language is offered in its own words, for those who cannot read this one.
function LanguageSwitch(): ReactNode {
  const other: Locale = useLocale() === 'ru' ? 'en' : 'ru';
  const change = (): void => {
    rememberLocale(other);
    void showIn(other);
  };
  return (
    <Button look="quiet" onPress={change}>
      <span lang={other}>{other === 'ru' ? 'Русский' : 'English'}</span>
    </Button>
  );
}
