import type { Answer } from '../../faulty-call.ts';
import { toWindows1251 } from '../text/windows-1251.ts';

/** An XML element, written out. */
export interface Xml {
  readonly markup: string;
}

/** Writes an element: of text, which is escaped, or of other elements. */
export function element(
  name: string,
  content: string | readonly Xml[],
  attributes: Readonly<Record<string, string>> = {},
): Xml {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value)}"`);
  const inside =
    typeof content === 'string' ? escape(content) : content.map(({ markup }) => markup).join('');
  return { markup: `<${name}${head.join('')}>${inside}</${name}>` };
}

/** Answers with a document in windows-1251; letters it does not have become references. */
export function xmlAnswer(root: Xml): Answer {
  const text = `<?xml version="1.0" encoding="windows-1251"?>\n${root.markup}`;
  const body = toWindows1251(text, (letter) => `&#${letter.codePointAt(0) ?? 0};`);
  return { status: 200, type: 'text/xml; charset=windows-1251', body };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escape(text: string): string {
  // Control characters cannot be written in XML at all.
  const writable = text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');
  return writable.replace(/[&<>"]/g, (char) => entities[char] ?? char);
}
