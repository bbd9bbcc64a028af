import { parseArgs } from 'node:util';
import type { RefusedBodyId } from '../../application/ports/refused-body-store.ts';
import { isId } from '../../domain/ids.ts';

export const evidenceHelp = `Usage: npm run evidence -- list [--limit 20]
       npm run evidence -- show ID

Shows what the gateway kept of messages that it refused at first sight, because nobody signed them or they cannot be
read. Of each hour the newest hundred are kept, for a month.
  list  says when they came, how long they were, and their SHA-256; newest first
  show  opens the first 512 bytes of one, as the console names it. Needs gateway-evidence.key in the directory of keys

Such a message was written by whoever attacks you: it is shown as numbers and letters only, whatever it has in it.`;

export type EvidenceOptions =
  | { readonly command: 'help' }
  | { readonly command: 'list'; readonly limit: number }
  | { readonly command: 'show'; readonly id: RefusedBodyId };

const longestList = 1_000;

/** Reads the command line; throws with a sentence for what cannot be meant. */
export function evidenceOptions(args: readonly string[]): EvidenceOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      limit: { type: 'string', default: '20' },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, id, ...more] = positionals;
  if (values.help) return { command: 'help' };
  if (more.length > 0) throw new Error(`only one at a time, not also ${more.join(' ')}`);
  if (command === 'list' && id === undefined) return { command, limit: limitOf(values.limit) };
  if (command !== 'show') throw new Error('say what to do: list, or show ID; --help says more');
  if (id === undefined || !isId(id)) {
    throw new Error('show takes the id of a body, as the console and list have it');
  }
  return { command, id: id as RefusedBodyId };
}

function limitOf(text: string): number {
  const limit = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= longestList) return limit;
  throw new Error(`--limit takes a whole number from 1 to ${String(longestList)}`);
}
