import { type KeyPlace, noteKey, openObject } from './json-keys.ts';

/** Most bytes of a message's body. */
export const maxBodyBytes = 64 * 1024;
/** Most arrays and objects inside one another. */
export const maxDepth = 16;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const number = /-?\d[\d.eE+-]*/y;

/**
 * Reads JSON so that no other parser could read it differently: UTF-8 without faults, whole numbers that keep their
 * digits, each key once, no `__proto__`, no half characters, bounded in size and depth. Undefined for anything else.
 */
export const parseStrictJson = (body: Uint8Array): { readonly value: unknown } | undefined => {
  if (body.byteLength > maxBodyBytes) return undefined;
  try {
    const text = decoder.decode(body);
    return isUnambiguous(text) ? { value: JSON.parse(text) as unknown } : undefined;
  } catch {
    return undefined;
  }
};

/** Looks through the text before it is parsed; whether it is JSON at all, the parser decides. */
const isUnambiguous = (text: string): boolean => {
  const open: KeyPlace[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === quote) {
      const end = endOfString(text, at);
      if (end === undefined || !isFairString(text.slice(at, end), open.at(-1))) return false;
      at = end;
    } else if (char === minus || (char >= zero && char <= nine)) {
      const end = endOfWholeNumber(text, at);
      if (end === undefined) return false;
      at = end;
    } else {
      if (!follow(open, char)) return false;
      at += 1;
    }
  }
  return true;
};

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Keeps the stack of open arrays and objects; answers whether it may go on. */
const follow = (open: KeyPlace[], char: number): boolean => {
  switch (char) {
    case openBrace:
      return open.push(openObject()) <= maxDepth;
    case openBracket:
      return open.push(undefined) <= maxDepth;
    case closeBrace:
    case closeBracket:
      open.pop();
      return true;
    case comma:
    case colon: {
      const place = open.at(-1);
      if (place !== undefined) place.keyIsNext = char === comma;
      return true;
    }
    default:
      return true;
  }
};

/** The place after the closing quote. */
const endOfString = (text: string, start: number): number | undefined => {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? undefined : end + 1;
};

const isEscaped = (text: string, at: number): boolean => {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
};

const isFairString = (token: string, place: KeyPlace): boolean => {
  const value = token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
  if (!value.isWellFormed()) return false;
  return place?.keyIsNext === true ? noteKey(place, value) : true;
};

const endOfWholeNumber = (text: string, start: number): number | undefined => {
  number.lastIndex = start;
  const token = number.exec(text)?.[0];
  if (token === undefined || !/^-?\d+$/.test(token)) return undefined;
  return Number.isSafeInteger(Number(token)) ? start + token.length : undefined;
};
