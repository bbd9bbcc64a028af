/** The letters and signs PT Sans has, as far as names, addresses and sums need them. */
const unprintable = new RegExp(
  '[^' +
    '\\u0020-\\u007E\\u00A0-\\u00AC\\u00AE-\\u0109\\u0116-\\u011F\\u0139-\\u013E\\u0141-\\u0148' +
    '\\u0150-\\u0165\\u016A-\\u0173\\u0178-\\u017F' +
    '\\u0401-\\u040C\\u040E-\\u044F\\u0451-\\u045C\\u045E-\\u045F\\u048A-\\u04C0\\u04C3-\\u04F9' +
    '\\u2011\\u2013\\u2014\\u2018-\\u201A\\u201C-\\u201E\\u2022\\u2026\\u2030' +
    '\\u20AC\\u20BD\\u2116\\u2212' +
    ']',
  'gu',
);
const longest = 240;

/** Makes a text the paper can show: one line, letters the font has (others become `?`), not endless. */
export function printableText(text: string): string {
  const plain = inOneLine(text).replaceAll(unprintable, '?');
  return plain.length <= longest ? plain : `${plain.slice(0, longest)}…`;
}

const inOneLine = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, '')
    .replaceAll(/[\u2000-\u200A\u202F\u205F\u3000]/g, '\u00A0')
    .replaceAll(/[\t\n\v\f\r]+/g, ' ');

/** Where a text has a character that paper cannot show as it is; undefined where it can show all of them. */
export function firstUnprintable(
  text: string,
): { readonly at: number; readonly character: string } | undefined {
  const at = text.search(unprintable);
  return at < 0 ? undefined : { at, character: String.fromCodePoint(text.codePointAt(at) ?? 0) };
}
