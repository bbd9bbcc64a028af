/**
 * Text as it may be kept and shown on a line, at most so long: line breaks and tabs become spaces; other control
 * characters and halves of surrogate pairs, which databases refuse or change, become U+FFFD. For what comes from messages
 * that nobody vouches for.
 */
export const plainText = (text: string, maxLength: number): string =>
  text
    .slice(0, maxLength)
    .replaceAll(/[\t\n\r]/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, '\uFFFD');
