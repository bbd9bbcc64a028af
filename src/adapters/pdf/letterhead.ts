import type { Company } from '../../application/ports/receipt-printer.ts';
import type { CompanyLogo } from '../../application/ports/stationery.ts';
import type { Locale } from '../../domain/locale.ts';
import { fitted } from './paper-picture.ts';
import type { Element, Pen, Style } from './pen.ts';
import { printableText } from './printable-text.ts';

/** What every document of the company begins with. */
export interface Letterhead {
  readonly logo: CompanyLogo | undefined;
  readonly company: string;
  readonly companyLines: readonly string[];
}

/** Colours of all documents: dark on white, readable when printed without colour. */
export const ink = '#14201B';
export const muted = '#52605A';
export const hairlineColour = '#D9DBD3';
/** Where the texts of an A4 sheet begin, and how wide they are, in points. */
export const left = 42;
export const width = 511;

const words = {
  ru: { taxNumber: 'ИНН', support: 'Поддержка' },
  en: { taxNumber: 'Tax number', support: 'Support' },
} as const satisfies Record<Locale, object>;

const companyStyle: Style = { font: 'bold', size: 15, colour: ink };
const lineStyle: Style = { font: 'regular', size: 8.5, colour: muted };

/** The company, its full name, tax number, address and support, in a language. */
export const letterhead = (company: Company, locale: Locale): Letterhead => ({
  logo: company.logo,
  company: printableText(company.name),
  companyLines: [
    company.legalName,
    `${words[locale].taxNumber} ${company.taxNumber}`,
    company.address,
    `${words[locale].support}: ${company.support}`,
  ].map(printableText),
});

/** A text at the right of the letterhead, and how far it stands from the one above it. */
export interface SideText {
  readonly text: string;
  readonly role: 'H1' | 'P';
  readonly style: Style;
  readonly gap: number;
}

/** Company on the left, its logo first; what this is on the right; answers where both have ended. */
export function drawLetterhead(
  { pen, root }: { readonly pen: Pen; readonly root: Element },
  { logo, company, companyLines }: Letterhead,
  side: readonly SideText[],
  { top, companyWidth, gutter }: Readonly<Record<'top' | 'companyWidth' | 'gutter', number>>,
): number {
  const beside = logo && logoPlace(logo, top, companyWidth);
  if (logo && beside) {
    pen.logo(root, company, { ...logo, picture: logo.onSheets }, beside.box);
  }
  const texts = beside?.texts ?? { x: left, y: top, width: companyWidth };
  const textsEnd = companyLines.reduce(
    (y, text) => pen.write(root, 'P', text, { ...texts, y }, lineStyle),
    pen.write(root, 'P', company, texts, companyStyle),
  );
  const companyEnd = beside === undefined ? textsEnd : Math.max(textsEnd, beside.end);
  const column = { x: left + companyWidth + gutter, width: width - companyWidth - gutter };
  const sideEnd = side.reduce(
    (y, { text, role, style, gap }) =>
      pen.write(root, role, text, { ...column, y: y + gap }, style),
    top,
  );
  return Math.max(companyEnd, sideEnd);
}

/** What is this much wider than high stands over the name: beside it little room would be left. */
const wideFrom = 2;
const besideName = { width: 92, height: 56 } as const;
const overName = { width: 200, height: 40 } as const;

/** Where the logo goes, and where the company's texts go then; all of it no wider than the company's column. */
function logoPlace(logo: CompanyLogo, top: number, columnWidth: number) {
  const isWide = logo.width >= wideFrom * logo.height;
  const { width: wide, height } = fitted(logo, isWide ? overName : besideName);
  const box = { x: left, y: top + 3, width: wide, height };
  const end = box.y + height;
  const shift = isWide ? 0 : wide + 12;
  const texts = { x: left + shift, y: isWide ? end + 5 : top, width: columnWidth - shift };
  return { box, texts, end };
}
