import type { CodePage, CodePages } from '../../domain/payment-order/code-page.ts';

/** A code page of one byte a letter, as the platform decodes it; bytes it leaves open stand for none. */
function oneByte(digit: '1' | '3', label: string): CodePage {
  const letters = [
    ...new TextDecoder(label).decode(Uint8Array.from({ length: 256 }, (_, n) => n)),
  ].map((letter) => (/[\u0080-\u009F]/.test(letter) ? undefined : letter));
  const byteOf = new Map(letters.map((letter, byte) => [letter, byte]));
  return {
    digit,
    encode: (text) => {
      const bytes: number[] = [];
      for (const letter of text) {
        const byte = byteOf.get(letter);
        if (byte === undefined) return { unknown: letter };
        bytes.push(byte);
      }
      return Uint8Array.from(bytes);
    },
    decode: (bytes) => {
      const text = [...bytes].map((byte) => letters[byte]);
      return text.includes(undefined) ? undefined : text.join('');
    },
  };
}

const utf8: CodePage = {
  digit: '2',
  encode: (text) => {
    const lone = /\p{Cs}/u.exec(text);
    return lone === null ? new TextEncoder().encode(text) : { unknown: lone[0] };
  },
  decode: (bytes) => {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return undefined;
    }
  },
};

/** The three code pages of payment orders, exact to the byte: no letter is ever put for another. */
export const codePages: CodePages = {
  1: oneByte('1', 'windows-1251'),
  2: utf8,
  3: oneByte('3', 'koi8-r'),
};
