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

/** Encodes text that `inWindows1251` has gone over. */
export const windows1251 = (text: string): Buffer =>
  Buffer.from([...inWindows1251(text)].map((letter) => bytes.get(letter) ?? 0));
