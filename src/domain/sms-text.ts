const gsmLetters = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** These take the place of two. */
const gsmExtension = new Set('\f^{}\\[~]|€');

/** Whether a phone gets the text whole without Unicode. Source: 3GPP TS 23.038, default alphabet. */
export const isGsmText = (text: string): boolean =>
  Array.from(text).every((one) => gsmLetters.has(one) || gsmExtension.has(one));

/** Places of a text alone, and of each part of a longer one. */
const gsmPlaces = { alone: 160, part: 153 };
const unicodePlaces = { alone: 70, part: 67 };

/** How many short messages an operator makes of a text, and charges. No letter is cut in two. */
export function smsSegments(text: string): number {
  const isGsm = isGsmText(text);
  const places = isGsm ? gsmPlaces : unicodePlaces;
  const sizes = Array.from(text, (one) => (isGsm ? (gsmExtension.has(one) ? 2 : 1) : one.length));
  if (sizes.reduce((sum, size) => sum + size, 0) <= places.alone) return 1;
  let [segments, taken] = [1, 0];
  for (const size of sizes) {
    if (taken + size > places.part) [segments, taken] = [segments + 1, 0];
    taken += size;
  }
  return segments;
}

const cyrillic = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя';
const latin = 'a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ' + 'ie y - e iu ia';
const latinOf: ReadonlyMap<string, string> = new Map([
  ...Array.from(cyrillic).flatMap((letter, at): [string, string][] => {
    const written = (latin.split(' ')[at] ?? '-').replace('-', '');
    const capital = written.slice(0, 1).toUpperCase() + written.slice(1);
    return [
      [letter, written],
      [letter.toUpperCase(), capital],
    ];
  }),
  ...Object.entries({ '«': '"', '»': '"', '„': '"', '“': '"', '”': '"', '’': "'", '‘': "'" }),
  ...Object.entries({ '—': '-', '–': '-', '…': '...', '№': 'N', '·': '-', '\u00a0': ' ' }),
]);

/** Writes Russian in Latin letters, as passports do: half as many short messages. What it does not know it leaves. */
export const inLatin = (text: string): string =>
  Array.from(text, (one) => latinOf.get(one) ?? one).join('');
