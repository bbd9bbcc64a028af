import type { Locale } from '../../domain/locale.ts';

/**
 * The text of a sign-in code. It fits one part (70 UTF-16 units with Cyrillic letters, 160 without) for hosts up
 * to 22 characters, and ends with the line that binds the code to our host (WICG origin-bound one-time codes).
 */
export function signInText(locale: Locale, digits: string, host: string): string {
  const words =
    locale === 'ru'
      ? `Код ${digits}. Никому не говорите!`
      : `Kabinet code: ${digits}. Do not share it. Valid 5 min.`;
  return `${words}\n@${host} #${digits}`;
}
