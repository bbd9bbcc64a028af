import type { Locale } from '../../domain/locale.ts';

/** The company's own picture, on pages and on paper. */
export interface CompanyLogo {
  /** As pages show it: the file as it was given. */
  readonly file: Uint8Array;
  readonly type: 'image/png' | 'image/jpeg';
  /** Dots. */
  readonly width: number;
  readonly height: number;
  /** On sheets: opaque, in colour. */
  readonly onSheets: PaperPicture;
  /** On a till's roll: opaque, in greys. */
  readonly onRolls: PaperPicture;
}

/** A picture for paper. A JPEG in colour that has to be grey is drawn by its lightness alone. */
export type PaperPicture =
  | { readonly kind: 'png'; readonly bytes: Uint8Array }
  | { readonly kind: 'jpeg'; readonly bytes: Uint8Array; readonly byLightness: boolean };

/** Where the company may say something of its own: at the end of each kind of document. */
export const documentNotes = ['receiptNote', 'rollNote', 'billNote', 'statementNote'] as const;
export type DocumentNote = (typeof documentNotes)[number];

/** The company's own texts in each language; what is not said is not printed. */
export type CompanyTexts = Readonly<
  Partial<Record<Locale, Readonly<Partial<Record<DocumentNote, string>>>>>
>;
