/** The digit by which an order names its code page: windows-1251, UTF-8, KOI8-R. */
export type CodePageDigit = '1' | '2' | '3';

/** Turns text into bytes and back. Latin letters, digits and signs are the bytes of ASCII in each of them. */
export interface CodePage {
  readonly digit: CodePageDigit;
  /** The bytes, or the first letter for which there are none: nothing is ever written as another letter. */
  encode(text: string): Uint8Array | { readonly unknown: string };
  /** Undefined where the bytes are no text. */
  decode(bytes: Uint8Array): string | undefined;
}

export type CodePages = Readonly<Record<CodePageDigit, CodePage>>;
