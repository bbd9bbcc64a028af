// A Tryton server with a book of its own, for looking at it as the company's accounting: `npm run tryton:up`, `tryton:down`.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../src/adapters/postgres/embedded-server.ts';
import { ensureTryton, startTryton } from '../test/support/tryton.ts';

const help = `npm run tryton:up [-- --port 58000 --book kabinet]   starts Tryton on 127.0.0.1 with a book of the given name
npm run tryton:down                                  ends it; the books stay in .kabinet-tryton

Tryton 6.0 comes from Debian (tryton-server, tryton-modules-account, python3-psycopg2);
root with apt gets the packages installed. The first start takes about a minute.`;

const { values, positionals } = parseArgs({
  options: {
    port: { type: 'string', default: '58000' },
    book: { type: 'string', default: 'kabinet' },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const directory = join(import.meta.dirname, '../.kabinet-tryton');
const pidFile = join(directory, 'trytond.pid');
const endLimitMs = 20_000;

const up = async (): Promise<void> => {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`--port takes a number from 1 to 65535, not ${values.port}`);
  }
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(values.book)) {
    throw new Error(`--book takes small letters, digits and _, not ${values.book}`);
  }
  if (runningPid() !== undefined) throw new Error('Tryton is up; npm run tryton:down ends it');
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  console.log('looking for Tryton');
  const isThere = await ensureTryton();
  if (isThere !== true) throw new Error(isThere);
  const tryton = await startTryton({ directory, port, isDetached: true, log: console.log });
  writeFileSync(pidFile, String(tryton.pid));
  const { url, database, user } = await tryton.book(values.book);
  console.log(`
ACCOUNTING_SYSTEM=tryton TRYTON_URL=${url} TRYTON_DATABASE=${database} \\
TRYTON_USER=${user} TRYTON_PASSWORD_FILE=${tryton.passwordFile}`);
};

const down = async (): Promise<void> => {
  const pid = runningPid();
  if (pid !== undefined) {
    process.kill(pid, 'SIGTERM');
    const giveUpAt = Date.now() + endLimitMs;
    while (runningPid() !== undefined && Date.now() < giveUpAt) await sleep(50);
    if (runningPid() !== undefined) process.kill(pid, 'SIGKILL');
  }
  rmSync(pidFile, { force: true });
  if (existsSync(directory)) {
    // It takes over the one that was left running, and ends it in order.
    const postgres = await startEmbeddedPostgres({ directory, durable: false });
    await postgres.stop();
  }
  console.log(pid === undefined ? 'Tryton was not up' : 'Tryton has ended');
};

/** The process of the file, if it still is a Tryton: numbers of processes are used again. */
function runningPid(): number | undefined {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const commandLine = `/proc/${String(pid)}/cmdline`;
  if (!existsSync(commandLine)) return undefined;
  return readFileSync(commandLine, 'utf8').includes('trytond') ? pid : undefined;
}

const [word] = positionals;
try {
  if (values.help || (word !== 'up' && word !== 'down')) console.log(help);
  else await (word === 'up' ? up() : down());
  process.exit(values.help || word !== undefined ? 0 : 2);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
