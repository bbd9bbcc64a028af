import { parseArgs } from 'node:util';
import { isDeskLogin } from '../../domain/desk-session.ts';

export const watchersHelp = `Usage: npm run watchers -- add --login LOGIN --name NAME
       npm run watchers -- list
       npm run watchers -- disable --login LOGIN

Looks after the people who watch the gateway at its console (GATEWAY_CONSOLE_PORT).
  add      makes a first password and an authenticator secret and prints both, once
  list     shows who there is, and who may still sign in
  disable  ends somebody's sessions and lets them sign in no more; the history of incidents keeps their login`;

export type WatchersOptions =
  | { readonly command: 'help' }
  | { readonly command: 'list' }
  | { readonly command: 'disable'; readonly login: string }
  | { readonly command: 'add'; readonly login: string; readonly name: string };

/** Reads the command line; throws with a sentence for what cannot be meant. */
export function watchersOptions(args: readonly string[]): WatchersOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      login: { type: 'string', default: '' },
      name: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, ...more] = positionals;
  if (values.help) return { command: 'help' };
  if (more.length > 0) throw new Error(`only one command at a time, not also ${more.join(' ')}`);
  if (command === 'list') return { command };
  if (command !== 'add' && command !== 'disable') {
    throw new Error('say what to do: add, list or disable; --help says more');
  }
  const { login } = values;
  if (!isDeskLogin(login)) {
    throw new Error('--login takes 2 to 32 of a-z, 0-9, "." and "-", a letter first');
  }
  if (command === 'disable') return { command, login };
  const name = values.name.trim();
  if (name === '') throw new Error('--name is missing: the console shows it');
  return { command, login, name };
}
