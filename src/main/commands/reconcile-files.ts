import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { yookassaRegistry } from '../../adapters/payment/yookassa/yookassa-registry.ts';
import { FileRefused } from '../../application/ports/company-books.ts';
import type {
  ReconciliationRun,
  RegistryReader,
} from '../../application/ports/reconciliation-store.ts';

const registryReaders: readonly RegistryReader[] = [yookassaRegistry];
const mostBytes = 512 * 1024 * 1024;

/** A file's bytes; throws FileRefused where there is none, or one that is too large. */
export function bytesOf(path: string): Buffer {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) throw new FileRefused(`there is no file ${path}`);
  if (found.size > mostBytes) throw new FileRefused(`${path} is larger than 512 MiB`);
  return readFileSync(path);
}

/** Reads a payment system's register; throws FileRefused with the line. */
export function readRegister(code: string, path: string) {
  const reader = registryReaders.find(({ provider }) => provider === code);
  if (reader === undefined) throw new FileRefused(`no register of ${code} can be read yet`);
  const bytes = bytesOf(path);
  const read = reader.read(bytes);
  if (!read.ok) throw new FileRefused(`${path}, line ${read.refusal.line}: ${read.refusal.why}`);
  return { lines: read.value, hash: createHash('sha256').update(bytes).digest('hex') };
}

/** A reconciliation in one line. */
export function summary({
  provider,
  day,
  source,
  batch,
  lines,
  matched,
  breaks,
}: ReconciliationRun): string {
  const counts = new Map<string, number>();
  for (const { code, state } of breaks) {
    const name = state === 'healed' ? `${code} healed` : code;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const found = [...counts].map(([name, count]) => `${String(count)} × ${name}`).join(', ');
  return `${provider} ${day} by ${source}${batch === undefined ? '' : ` ${batch}`}: ${String(lines)} lines, ${String(matched)} matched; ${found === '' ? 'no breaks' : found}`;
}
