import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/**
 * Reads a file of settings (JSON) that people edit. Throws an Error of one sentence for the first thing that is
 * wrong: the file, the place in it, what is wrong there and what it takes instead.
 */
export function readSettings<Shape extends z.ZodType>(path: string, shape: Shape): z.output<Shape> {
  const given = parsed(path, textOfSettings(path));
  const answer = shape.safeParse(given, { error: (issue) => sentenceOf(issue) });
  if (answer.success) return answer.data;
  const [issue] = answer.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw wrongSettings(path, `${place === '' ? 'the file' : place} ${issue?.message ?? 'is wrong'}`);
}

/** The same where the file need not be there: undefined then. */
export const readSettingsIfAny = <Shape extends z.ZodType>(
  path: string,
  shape: Shape,
): z.output<Shape> | undefined => (existsSync(path) ? readSettings(path, shape) : undefined);

/** Writes it whole or not at all: somebody may read meanwhile. */
export const writeSettings = (path: string, settings: unknown): void => {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${String(process.pid)}`;
  writeFileSync(draft, `${JSON.stringify(settings, undefined, 2)}\n`);
  renameSync(draft, path);
};

/** What is wrong with a file of settings as a whole, or beyond what a schema can say. */
export const wrongSettings = (path: string, sentence: string): Error =>
  new Error(`${path}: ${sentence}`);

/** The text of a file of settings, or of one that it names; throws an Error of one sentence. */
export function textOfSettings(path: string): string {
  // Some editors put a mark of byte order before the text.
  return opened(path, () => readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
}

/** The first bytes of a file that is no text, as many as asked for at most; throws an Error of one sentence. */
export const bytesOfSettings = (path: string, most: number): Buffer =>
  opened(path, () => {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(most);
      let length = 0;
      for (let read = -1; read !== 0 && length < most; length += read) {
        read = readSync(file, bytes, length, most - length, length);
      }
      return bytes.subarray(0, length);
    } finally {
      closeSync(file);
    }
  });

function opened<Content>(path: string, read: () => Content): Content {
  try {
    return read();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new Error(`${path} cannot be read: ${unreadable[code] ?? code}`, { cause });
  }
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a folder',
};

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const lines = text.split('\n');
    const wrong = lines.findIndex((_, at) => isWrong(lines.slice(0, at + 1).join('\n')));
    const place = wrong < 0 ? 'it ends too early' : `mend line ${String(wrong + 1)}`;
    throw new Error(`${path} is no JSON: ${place}`, { cause });
  }
}

/** Whether a mistake is in the beginning of a JSON text already, and not only that it is no more than a beginning. */
function isWrong(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return false;
  } catch (error) {
    const said = String(error);
    if (/Unexpected end|Unterminated string/.test(said)) return false;
    const [, position] = /at position (\d+)/.exec(said) ?? [];
    return position === undefined || Number(position) < beginning.trimEnd().length;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** In words for who edits the file; a schema with words of its own keeps them. */
function sentenceOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = kinds[issue.expected] ?? issue.expected;
      return issue.input === undefined
        ? `is missing: it takes ${wanted}`
        : `takes ${wanted}, not ${kindOf(issue.input)}`;
    }
    case 'unrecognized_keys': {
      const words = issue.keys.map((key) => JSON.stringify(key)).join(', ');
      return `knows no ${words}: take it out or mend its name`;
    }
    case 'invalid_value':
      return issue.input === undefined
        ? `is missing: it takes ${oneOf(issue.values)}`
        : `takes ${oneOf(issue.values)}`;
    case 'invalid_union':
      return 'is of no kind that is known';
    case 'too_small':
      return `takes ${issue.inclusive === false ? 'more than' : 'at least'} ${sizeOf(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `takes ${issue.inclusive === false ? 'less than' : 'at most'} ${sizeOf(issue.origin, issue.maximum)}`;
    case 'invalid_format':
      return issue.pattern === undefined
        ? `is no ${issue.format}`
        : `has to match ${issue.pattern.toString()}`;
    default:
      return undefined;
  }
}

const oneOf = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join(' or ');
const sizeOf = (origin: string, size: number | bigint): string => {
  if (origin === 'string') return `${String(size)} characters`;
  return origin === 'array' ? `${String(size)} of them` : String(size);
};

/** What a value is; never the value, which may be a secret in the wrong place. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'null';
  return kinds[typeof value] ?? typeof value;
}
