import { parseArgs } from 'node:util';
import { isDeskLogin } from '../../domain/desk-session.ts';
import { isStaffRole, staffRoles, type StaffRole } from '../../domain/staff.ts';

export const staffHelp = `Usage: npm run staff -- add --login LOGIN --name NAME --role ROLE[,ROLE]
       npm run staff -- list
       npm run staff -- disable --login LOGIN

Looks after the people who work at the desk (/staff).
  add      makes a first password and an authenticator secret and prints both, once
  list     shows who there is, and who may still sign in
  disable  ends somebody's sessions and lets them sign in no more; the journal keeps their name

Roles: viewer (looks), cashier (refunds, holds, reviews), approver (the second person for refunds and reviews).`;

export type StaffOptions =
  | { readonly command: 'help' }
  | { readonly command: 'list' }
  | { readonly command: 'disable'; readonly login: string }
  | {
      readonly command: 'add';
      readonly login: string;
      readonly name: string;
      readonly roles: readonly StaffRole[];
    };

/** Reads the command line; throws with a sentence for what cannot be meant. */
export function staffOptions(args: readonly string[]): StaffOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      login: { type: 'string', default: '' },
      name: { type: 'string', default: '' },
      role: { type: 'string', default: '' },
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
  const { login, name } = values;
  if (!isDeskLogin(login)) {
    throw new Error('--login takes 2 to 32 of a-z, 0-9, "." and "-", a letter first');
  }
  if (command === 'disable') return { command, login };
  if (name.trim() === '') throw new Error('--name is missing: the journal shows it');
  const roles = values.role.split(',').map((role) => role.trim());
  if (!roles.every(isStaffRole)) throw new Error(`--role takes ${staffRoles.join(', ')}`);
  return { command, login, name: name.trim(), roles };
}
