/** Whether a row is one of those that were asked for. */
export type Fits = (row: Readonly<Record<string, unknown>>) => boolean;

/**
 * Reads the part of OData 3's filters that is about equality: `Field eq literal`, joined by `and` and `or`, where `and`
 * binds more. Undefined for anything else, which the real one refuses or, worse, understands.
 */
export function readFilter(text: string): Fits | undefined {
  const tokens = [...text.matchAll(/\s*((?:guid|datetime)?'(?:[^']|'')*'|[^\s']+)/gu)].map(
    ([, token = '']) => token,
  );
  let at = 0;
  const comparison = (): Fits | undefined => {
    const [field, word, literal] = tokens.slice(at, at + 3);
    at += 3;
    if (field === undefined || word !== 'eq' || literal === undefined) return undefined;
    const wanted = readLiteral(literal);
    if (wanted === undefined || !/^[\p{L}_][\p{L}\d_]*$/u.test(field)) return undefined;
    return (row) => row[field] === wanted;
  };
  const joined = (word: 'and' | 'or', part: () => Fits | undefined): Fits | undefined => {
    const parts = [part()];
    while (tokens[at] === word) {
      at += 1;
      parts.push(part());
    }
    const known = parts.filter((fits) => fits !== undefined);
    if (known.length !== parts.length) return undefined;
    return word === 'and'
      ? (row) => known.every((fits) => fits(row))
      : (row) => known.some((fits) => fits(row));
  };
  const all = joined('or', () => joined('and', comparison));
  return at === tokens.length ? all : undefined;
}

function readLiteral(text: string): unknown {
  const quoted = /^(?:guid|datetime)?'(.*)'$/su.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}
