import type PDFDocument from 'pdfkit';
import type { CompanyLogo, PaperPicture } from '../../application/ports/stationery.ts';
import { drawPicture, type Box } from './paper-picture.ts';

type Document = InstanceType<typeof PDFDocument>;

export interface Style {
  readonly font: 'regular' | 'bold';
  /** Points. */
  readonly size: number;
  readonly colour: string;
  readonly align?: 'left' | 'right' | 'center';
}

/** Where a text goes: points from the left and top edge of the page. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const lineGap = 1.5;

/** A logo as one kind of paper shows it. */
export type DrawnLogo = Pick<CompanyLogo, 'width' | 'height'> & { readonly picture: PaperPicture };

/** Writes on a tagged page: every text belongs to an element of the document's structure. */
export interface Pen {
  /** How high the text will stand, in points. */
  height(text: string, width: number, style: Style): number;
  /** Writes the text as content of the element; answers where it ends below. */
  write(parent: Element, role: string, text: string, place: Place, style: Style): number;
  /** An element that holds others. */
  group(parent: Element, role: string): Element;
  /** A thin line across, which says nothing and so is no content. */
  hairline(place: Place): void;
  /** Filled squares that together are one picture; `alt` tells what it shows. */
  picture(parent: Element, alt: string, draw: () => void): void;
  /** The company's logo in the box; `alt` is its name. */
  logo(parent: Element, alt: string, logo: DrawnLogo, box: Box): void;
}
export type Element = ReturnType<Document['struct']>;

/** Takes the pen to a document whose fonts are registered as `regular` and `bold`. */
export function penFor(doc: Document, lineColour: string): Pen {
  const choose = ({ font, size, colour }: Style) => doc.font(font).fontSize(size).fillColor(colour);
  return {
    height: (text, width, style) => choose(style).heightOfString(text, { width, lineGap }),
    write: (parent, role, text, { x, y, width }, style) => {
      const content = () => {
        choose(style).text(text, x, y, { width, lineGap, align: style.align ?? 'left' });
      };
      parent.add(doc.struct(role, {}, content));
      return choose(style).heightOfString(text, { width, lineGap }) + y;
    },
    group: (parent, role) => {
      const element = doc.struct(role);
      parent.add(element);
      return element;
    },
    hairline: ({ x, y, width }) => {
      doc.markContent('Artifact', { type: 'Layout' });
      doc.moveTo(x, y).lineTo(x + width, y);
      doc.lineWidth(0.5).strokeColor(lineColour).stroke();
      doc.endMarkedContent();
    },
    picture: (parent, alt, draw) => {
      parent.add(doc.struct('Figure', { alt }, draw));
    },
    logo: (parent, alt, { picture, ...size }, box) => {
      parent.add(doc.struct('Figure', { alt }, () => drawPicture(doc, picture, box, size)));
    },
  };
}
