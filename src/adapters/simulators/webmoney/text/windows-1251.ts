const decoder = new TextDecoder('windows-1251');
const bytes = new Map<string, number>();
for (let byte = 0x80; byte <= 0xff; byte += 1) bytes.set(decoder.decode(Uint8Array.of(byte)), byte);

/** Writes text in windows-1251; `instead` writes, in ASCII, what the encoding has no letter for. */
export function toWindows1251(
  text: string,
  instead: (letter: string) => string = () => '?',
): Buffer {
  const written: number[] = [];
  for (const letter of text) {
    const byte = letter <= '\x7f' ? letter.charCodeAt(0) : bytes.get(letter);
    if (byte === undefined) written.push(...Buffer.from(instead(letter), 'ascii'));
    else written.push(byte);
  }
  return Buffer.from(written);
}
