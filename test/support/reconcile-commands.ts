import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { postgresStores } from './portal-stores.ts';
import { type Ended, runScript } from './run-command.ts';
import { registerFile } from './yookassa-register.ts';

/** `npm run reconcile` in a folder of a suite's own, over a portal's database of its own. */
export function reconcileCommands(more: () => Readonly<Record<string, string>> = () => ({})) {
  let folder: string;
  let open: Awaited<ReturnType<typeof postgresStores>>;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-reconcile-'));
    open = await postgresStores();
  });
  after(async () => {
    await open.close();
    rmSync(folder, { recursive: true });
  });
  const run = (...args: string[]): Promise<Ended> => {
    const env = {
      KABINET_DATA: folder,
      PORTAL_DATABASE_URL: open.pool.options.connectionString,
      SETTLEMENTS_FILE: join(folder, 'settlements.json'),
      ...more(),
    };
    return runScript('src/main/commands/reconcile.ts', args, env, folder);
  };
  return {
    portal: () => open,
    place: (name: string): string => join(folder, name),
    run,
    /** A register of these lines; answers its name. */
    given: (name: string, ...lines: string[]): string => {
      writeFileSync(join(folder, name), registerFile(...lines));
      return name;
    },
    reconcile: (registry: string, ...args: string[]) =>
      run('--provider', 'yookassa', '--registry', registry, ...args),
    /** The rows of a list of breaks, without its heading. */
    breaksIn: (name: string): string[][] =>
      parse(readFileSync(join(folder, name)), { delimiter: ';', bom: true, from: 2 }),
  };
}
