import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { FileRefused } from '../../application/ports/company-books.ts';
import type { Told, ToldEvents, ToldLine } from '../../application/ports/told-events.ts';
import { refused, type Result } from '../../domain/result.ts';
import { schemaOf } from './event-schemas.ts';
import { utf8Only } from './utf8-gate.ts';

const longestLine = 65_536;

/** Reads a file of events, one JSON object a line; empty lines are passed over. */
export const eventFile = (path: string): ToldEvents => ({
  lines: () => linesOf(path),
});

async function* linesOf(path: string): AsyncGenerator<ToldLine> {
  let line = 0;
  let rest = '';
  for await (const bytes of utf8Only(bytesOf(path), path)) {
    const texts = (rest + bytes.toString()).split('\n');
    rest = texts.pop() ?? '';
    for (const text of texts) {
      line += 1;
      if (text.trim() !== '') yield { line, told: readEvent(text) };
    }
    // A line that never ends must not fill the memory: it is refused as it is.
    if (rest.length > longestLine) break;
  }
  if (rest.trim() !== '') yield { line: line + 1, told: readEvent(rest) };
}

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(path);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new FileRefused(`cannot read ${path}: ${why}`, { cause });
  }
}

/** Reads one line: what it tells, or what is wrong with it and where. */
export function readEvent(text: string): Result<Told, { readonly reason: string }> {
  if (text.length > longestLine) return refused({ reason: 'is longer than 64 KiB' });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused({ reason: 'is no JSON' });
  }
  const type = z.object({ type: z.string() }).safeParse(json).data?.type ?? '';
  // It takes people who answer for it, which a file cannot name.
  if (type === 'difference-tolerated') {
    return refused({ reason: 'is no event for a file: npm run ledger -- tolerate' });
  }
  const schema = Object.hasOwn(schemaOf, type) ? schemaOf[type] : undefined;
  if (schema === undefined) {
    return refused({ reason: `has no type of ${Object.keys(schemaOf).join(', ')}` });
  }
  const read = schema.safeParse(json);
  if (read.success) return { ok: true, value: read.data };
  const [issue] = read.error.issues;
  return refused({ reason: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() });
}
