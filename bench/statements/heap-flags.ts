import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const manifest = join(import.meta.dirname, '../../package.json');

/** The bounds that `npm run books` gives its heap, so that a measurement stands for the command itself. */
export function heapFlags(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  return (scripts['books'] ?? '').split(' ').filter((word) => word.startsWith('--max-'));
}
