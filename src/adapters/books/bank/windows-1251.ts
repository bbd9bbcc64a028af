/** How letters are written that windows-1251 lacks. Accents are dropped by themselves. */
const likenesses: Readonly<Record<string, string>> = {
  ...{ '₽': 'руб.', '₸': 'тг.', '₹': 'Rs', '−': '-', '‑': '-', '‒': '-', '\u202f': '\u00a0' },
  ...{ ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х' },
  ...{ Ә: 'А', Ғ: 'Г', Қ: 'К', Ң: 'Н', Ө: 'О', Ұ: 'У', Ү: 'У', Һ: 'Х' },
};
const unlike = '_';

/** The letter of each byte but 0x98, which stands for none. */
const bytes: ReadonlyMap<string, number> = new Map(
  [...new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 256 }, (_, n) => n))]
    .map((letter, byte) => [letter, byte] as const)
    .filter(([, byte]) => byte !== 0x98),
);

/** The text with what windows-1251 lacks written in its letters; never a question mark that nobody wrote. */
export const inWindows1251 = (text: string): string =>
  [...text.normalize('NFC')]
    .map((letter) => (bytes.has(letter) ? letter : likeness(letter)))
    .join('');

function likeness(letter: string): string {
  const known = likenesses[letter];
  if (known !== undefined) return known;
  const bare = letter.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const isKnown = bare !== '' && [...bare].every((one) => bytes.has(one));
  return isKnown ? bare : unlike;
}

/** The byte of each letter by its code; 0 where there is none. */
const byteOfCode = new Uint8Array(0x1_0000);
for (const [letter, byte] of bytes) byteOfCode[letter.charCodeAt(0)] = byte;

/** Encodes text, with likenesses for what windows-1251 lacks. */
export function windows1251(text: string): Buffer {
  const encoded = Buffer.allocUnsafe(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const byte = byteOfCode[text.charCodeAt(at)] ?? 0;
    if (byte === 0) return windows1251(inWindows1251(text.replaceAll('\0', ' ')));
    encoded[at] = byte;
  }
  return encoded;
}
