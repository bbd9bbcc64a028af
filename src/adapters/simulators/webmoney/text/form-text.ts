import { toWindows1251 } from './windows-1251.ts';

export type Encoding = 'utf-8' | 'windows-1251';
export type FormField = readonly [name: string, value: string];

/** Reads a form as browsers send it from a page in that encoding; names may come more than once. */
export function readForm(text: string, encoding: Encoding): FormField[] {
  const decoder = new TextDecoder(encoding);
  const decoded = (piece: string) => decoder.decode(unescaped(piece));
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      if (at < 0) return [decoded(pair), ''];
      return [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
    });
}

/** Writes a form as a browser would send it from a page in that encoding. */
export function writeForm(fields: readonly FormField[], encoding: Encoding): string {
  return fields
    .map(([name, value]) => `${escaped(name, encoding)}=${escaped(value, encoding)}`)
    .join('&');
}

function unescaped(piece: string): Uint8Array {
  const raw = Buffer.from(piece.replaceAll('+', ' '), 'utf8').toString('latin1');
  const whole = raw.replace(/%([0-9a-f]{2})/gi, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(whole, 'latin1');
}

function escaped(text: string, encoding: Encoding): string {
  const bytes = encoding === 'utf-8' ? Buffer.from(text, 'utf8') : toWindows1251(text);
  const pieces = Array.from(bytes, (byte) => {
    const letter = String.fromCharCode(byte);
    if (letter === ' ') return '+';
    if (/[\w*.-]/.test(letter)) return letter;
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return pieces.join('');
}
