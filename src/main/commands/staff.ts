import { randomBytes } from 'node:crypto';
import { portalContainerForCommand } from '../command-parts.ts';
import { keys } from '../keys.ts';
import { staff as staffModule } from '../modules/staff.ts';
import type { Started } from '../running.ts';
import { staffHelp, staffOptions, type StaffOptions } from './staff-options.ts';
import { runCommand } from './run-command.ts';

const refusals = {
  'login-malformed': 'this is no login',
  'login-taken': 'this login is taken, for ever: choose another',
  'no-role': 'name at least one role',
} as const;

async function run(options: StaffOptions, open: Started): Promise<void> {
  if (options.command === 'help') {
    console.log(staffHelp);
    return;
  }
  const container = await portalContainerForCommand('staff', open);
  container.load(staffModule);
  const store = container.get(keys.staffStore);
  if (options.command === 'list') {
    for (const { login, name, roles, isActive } of await store.list()) {
      console.log(`${login.padEnd(16)}${isActive ? roles.join(',') : 'disabled'}  ${name}`);
    }
    return;
  }
  if (options.command === 'disable') {
    if (!(await store.disable(options.login))) throw new Error(`nobody is called ${options.login}`);
    console.log(`${options.login} may sign in no more`);
    return;
  }
  const password = randomBytes(12).toString('base64url');
  const factor = container.get(keys.secondFactor);
  const secret = factor.newSecret();
  const added = await container.get(keys.addStaff)({ ...options, password, secret });
  if (!added.ok) throw new Error(refusals[added.refusal.reason]);
  console.log(`login         ${added.value.login}`);
  console.log(`password      ${password}`);
  console.log(`authenticator ${factor.address(secret, added.value.login)}`);
}

await runCommand((started) => run(staffOptions(process.argv.slice(2)), started));
