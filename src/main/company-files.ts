import { z } from 'zod';
import { readLogo, largestLogo } from '../adapters/pdf/logo/read-logo.ts';
import { WrongPicture } from '../adapters/pdf/logo/wrong-picture.ts';
import { firstUnprintable } from '../adapters/pdf/printable-text.ts';
import { bytesOfSettings, readSettings } from '../adapters/settings/settings-file.ts';
import type { Company } from '../application/ports/receipt-printer.ts';
import type { CompanyLogo, CompanyTexts } from '../application/ports/stationery.ts';
import type { Config } from './config.ts';

/** Characters; about eight lines of a sheet, twenty of a roll. */
const longestNote = 800;

/**
 * The company with its logo and its own texts, read from their files. Throws an Error of one sentence for the first
 * thing that is wrong: the file, what is wrong in it, and what to do.
 */
export const openCompany = ({ company, logoFile, textsFile }: Config): Company => ({
  ...company,
  logo: logoFile === undefined ? undefined : logoFromFile(logoFile),
  texts: textsFile === undefined ? undefined : textsFromFile(textsFile),
});

/** Reads a logo: PNG or JPEG, 256 KiB and 2000 dots a side at most. */
export function logoFromFile(path: string): CompanyLogo {
  const file = bytesOfSettings(path, largestLogo + 1);
  try {
    return readLogo(file);
  } catch (cause) {
    if (!(cause instanceof WrongPicture)) throw cause;
    throw new Error(`${path} ${cause.message}`, { cause });
  }
}

const note = z
  .string()
  .normalize()
  .min(1)
  .max(longestNote)
  .superRefine((text, context) => {
    const found = firstUnprintable(text);
    if (found === undefined) return;
    const { at, character } = found;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    context.addIssue(
      `has a character that documents cannot print, U+${code} at ${String(at + 1)}: take it out`,
    );
  });
const notes = z.strictObject({
  receiptNote: note.optional(),
  rollNote: note.optional(),
  billNote: note.optional(),
  statementNote: note.optional(),
});
const fileShape = z.strictObject({ ru: notes.optional(), en: notes.optional() });

/** Reads what the company says of its own on documents (JSON): in each language, at the end of each kind of them. */
export const textsFromFile = (path: string): CompanyTexts =>
  withoutGaps(readSettings(path, fileShape));

/** Without members that are there and undefined. */
const withoutGaps = (given: z.output<typeof fileShape>): CompanyTexts =>
  JSON.parse(JSON.stringify(given)) as CompanyTexts;
