/** A piece of HTML whose values are escaped already. */
export interface Html {
  readonly markup: string;
}

export type Piece = string | number | Html | readonly Html[] | undefined;

/**
 * Writes HTML; every value that is not HTML itself is escaped. A value may stand in text or in an attribute's double
 * quotes, nowhere else.
 */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const markup = texts.map((text, at) => text + (at < pieces.length ? render(pieces[at]) : ''));
  return { markup: markup.join('') };
}

function render(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece));
  if ('markup' in piece) return piece.markup;
  return piece.map((each) => each.markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What may have been chosen by an attacker: control characters and changes of direction become visible marks. */
const escaped = (text: string): string =>
  text
    .replace(/[&<>"']/g, (char) => entities[char] ?? char)
    .replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd');
