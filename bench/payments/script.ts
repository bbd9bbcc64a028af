import { seededVersion } from './names.ts';
import type { Statement } from './trace.ts';

/** A text found in the traced values, and the SQL that makes its counterpart for another payment. */
export interface Counterpart {
  readonly text: string;
  readonly sql: string;
  /** Where the whole value is this text. */
  readonly cast?: string;
  /** Meant only where it is the whole value. */
  readonly isWhole?: boolean;
}

/** A script for pgbench, and the constants it is called with (`-D name=value`). */
export interface Script {
  readonly text: string;
  readonly constants: readonly string[];
}

/**
 * Writes traced statements as a pgbench script: the same texts in the same transactions. A parameter that differs from
 * payment to payment becomes an expression over pgbench's variables, every other one stays a parameter.
 */
export function scriptOf(
  statements: readonly Statement[],
  variables: readonly string[],
  counterparts: readonly Counterpart[],
  tracedAt: number,
): Script {
  const all = [
    ...counterparts,
    ...madeIds(statements, counterparts),
    ...papers(statements),
    version,
  ];
  const sorted = all.toSorted((one, other) => other.text.length - one.text.length);
  const constants: string[] = [];
  const constant = (value: string): string => {
    constants.push(value);
    return `:p${constants.length}`;
  };
  const rendered = (value: unknown): string => {
    if (value === null || value === undefined) return 'NULL';
    if (value instanceof Date) return `(now() + interval '${value.getTime() - tracedAt} ms')`;
    return expression(wireText(value), sorted) ?? constant(wireText(value));
  };
  const lines = statements.map(
    ({ text, values }) =>
      `${text.trim().replaceAll(/\$(\d+)/g, (_, n: string) => rendered(values[Number(n) - 1]))};`,
  );
  return {
    text: `${[...variables.map((each) => `\\set ${each}`), ...lines].join('\n')}\n`,
    constants: constants.map((value, n) => `p${n + 1}=${value}`),
  };
}

const version: Counterpart = {
  text: String(seededVersion + 1),
  sql: 'extract(epoch FROM clock_timestamp()) * 1000000',
  cast: 'bigint',
  isWhole: true,
};

/** Ids that the payment itself has made: each has a row of its own, in the order in which pgbench makes them. */
function madeIds(
  statements: readonly Statement[],
  known: readonly Counterpart[],
): readonly Counterpart[] {
  const text = statements.map(({ values }) => values.map(wireText).join('\n')).join('\n');
  const ids = new Set(text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g));
  for (const { text: id } of known) ids.delete(id);
  return [...ids].map((id, n) => ({
    text: id,
    sql: `'01f0000${n.toString(16)}-0000-7000-8000-' || lpad((:k)::text, 12, '0')`,
    cast: 'uuid',
  }));
}

/** Number and code of the receipt. */
const papers = (statements: readonly Statement[]): readonly Counterpart[] =>
  statements
    .filter(({ name }) => name === 'receipt-save')
    .flatMap(({ values }) => [
      { text: String(values[2]), sql: `'R-2026-C-' || (:k)::text` },
      { text: String(values[3]), sql: `lpad((:k)::text, 16, 'P')` },
    ]);

/** The value as SQL; undefined where nothing in it differs from payment to payment. */
function expression(value: string, counterparts: readonly Counterpart[]): string | undefined {
  const whole = counterparts.find(({ text }) => text === value);
  if (whole !== undefined)
    return `(${whole.sql})${whole.cast === undefined ? '' : `::${whole.cast}`}`;
  const parts = counterparts.filter(({ isWhole }) => isWhole !== true);
  const pieces = splitBy(value, parts);
  if (pieces.length === 1) return undefined;
  return `(${pieces
    .filter((piece) => piece !== '')
    .map((piece) => (typeof piece === 'string' ? sqlText(piece) : piece.sql))
    .join(' || ')})`;
}

function splitBy(value: string, parts: readonly Counterpart[]): (string | Counterpart)[] {
  const found = parts.find(({ text }) => value.includes(text));
  if (found === undefined) return [value];
  const rest = value.split(found.text).map((piece) => splitBy(piece, parts));
  return rest.flatMap((pieces, n) => (n === 0 ? pieces : [found, ...pieces]));
}

/** pgbench would take a colon before a word for one of its variables. */
const sqlText = (text: string): string =>
  `'${text.replaceAll("'", "''").replaceAll(':', `' || chr(58) || '`)}'`;

/** A value in the text form in which it goes over the wire. */
function wireText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.map(arrayElement).join(',')}}`;
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return String(value);
}

const arrayElement = (value: unknown): string =>
  value === null || value === undefined
    ? 'NULL'
    : `"${wireText(value).replaceAll(/["\\]/g, '\\$&')}"`;
