import { parseArgs } from 'node:util';
import { longestNote } from '../../application/canaries/change-canaries.ts';

export const canariesHelp = `Usage: npm run canaries -- list
       npm run canaries -- add [ID] [--note TEXT]
       npm run canaries -- remove ID

Looks after canaries: account ids that nobody has. Lay one out where only a thief would find it; whoever asks the gateway
about it has read what they should not, and is told of at once. It is kept in a file (CANARIES_FILE) and holds within
a second or two at every gateway, wherever accounting runs.
  list    shows the canaries with their notes
  add     adds one: the ID, a UUID, or a new one that is printed; an id of a real customer or account is refused
  remove  takes one off the list
  --note  where it lies, for people: the gateways are not told`;

export type CanariesOptions =
  | { readonly command: 'help' | 'list' }
  | { readonly command: 'add'; readonly id: string | undefined; readonly note: string }
  | { readonly command: 'remove'; readonly id: string };

/** Reads the command line; throws with a sentence for what cannot be meant. */
export function canariesOptions(args: readonly string[]): CanariesOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { note: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const [command, id, ...more] = positionals;
  if (values.help) return { command: 'help' };
  if (more.length > 0) throw new Error(`only one id at a time, not also ${more.join(' ')}`);
  const note = values.note?.trim();
  if (command === 'add') {
    if (note !== undefined && note.length > longestNote) {
      throw new Error(`--note takes ${longestNote} characters at most`);
    }
    return { command, id: id?.toLowerCase(), note: note ?? '' };
  }
  if (note !== undefined) throw new Error('--note is for add');
  if (command === 'list') {
    if (id !== undefined) throw new Error('list takes no id');
    return { command };
  }
  if (command !== 'remove')
    throw new Error('say what to do: list, add or remove; --help says more');
  if (id === undefined) throw new Error('say which id to remove; list shows them');
  return { command, id: id.toLowerCase() };
}
