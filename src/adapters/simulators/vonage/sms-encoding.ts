const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Written with an escape before them, so they count twice. */
const extended = new Set('\f^{}\\[~]|€');

/** What a phone shows of a text sent as plain text: every letter GSM-7 lacks becomes `?`. */
export function asGsm(text: string): string {
  return Array.from(text, (char) => (basic.has(char) || extended.has(char) ? char : '?')).join('');
}

/** Counts the messages a GSM-7 text takes: 160 letters in one, 153 in each of several. */
export function gsmParts(text: string): number {
  let units = 0;
  for (const char of text) units += extended.has(char) ? 2 : 1;
  return units <= 160 ? 1 : Math.ceil(units / 153);
}

/** Counts the messages a UCS-2 text takes: 70 units in one, 67 in each of several. */
export function unicodeParts(text: string): number {
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}
