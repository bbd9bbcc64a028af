import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/**
 * What a JSON file of settings says; undefined where there is none. Throws an Error of one sentence that names the
 * place of what is wrong.
 */
export function readSettings<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): z.output<Schema> | undefined {
  if (!existsSync(path)) return undefined;
  const parsed = schema.safeParse(jsonAt(path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') ?? '';
  throw new Error(`${path}: ${place === '' ? 'the file' : place} ${issue?.message ?? 'is wrong'}`);
}

const jsonAt = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? 'is no JSON' : 'cannot be read';
    throw new Error(`${path} ${why}`, { cause });
  }
};

/** Writes it whole or not at all: somebody may read meanwhile. */
export const writeSettings = (path: string, settings: unknown): void => {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${String(process.pid)}`;
  writeFileSync(draft, `${JSON.stringify(settings, undefined, 2)}\n`);
  renameSync(draft, path);
};
