import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresRefusedBodyStore } from '../../adapters/postgres/gateway/postgres-refused-body-store.ts';
import { openPool } from '../../adapters/postgres/pool.ts';
import { openRefusedBody } from '../../application/gateway/keep-refused-bodies.ts';
import type { RefusedBody } from '../../application/ports/refused-body-store.ts';
import { isoText } from '../../domain/time.ts';
import { readConfig } from '../config.ts';
import { prepareDatabase } from '../database.ts';
import { openDatabaseUrl } from '../database-server.ts';
import { evidenceKeyFile, refusedBodyLock } from '../gateway-refused-bodies.ts';
import type { Started } from '../running.ts';
import { byteRows } from './byte-rows.ts';
import { evidenceHelp, evidenceOptions, type EvidenceOptions } from './evidence-options.ts';
import { runCommand } from './run-command.ts';

async function run(options: EvidenceOptions, open: Started): Promise<void> {
  if (options.command === 'help') {
    console.log(evidenceHelp);
    return;
  }
  const url = await openDatabaseUrl('gateway', open);
  await prepareDatabase('gateway', url);
  const pool = openPool(url, 1, 'evidence');
  open.add(() => pool.end());
  const store = new PostgresRefusedBodyStore(pool);
  if (options.command === 'list') {
    for (const { id, at, incidentKey, length, digest } of await store.list(options.limit)) {
      console.log(`${id}  ${isoText(at)}  ${incidentKey}  ${String(length)} bytes  ${digest}`);
    }
    return;
  }
  const body = await store.find(options.id);
  if (body === undefined) throw new Error(`no body is kept under ${options.id}: see list`);
  const opened = openedWith(readConfig(process.env).keysDirectory, body);
  console.log(`came      ${isoText(body.at)}`);
  console.log(`incident  ${body.incidentKey}`);
  console.log(`message   ${body.messageId}`);
  console.log(`length    ${String(body.length)} bytes`);
  console.log(`SHA-256   ${body.digest}`);
  console.log(`the first ${String(opened.length)} bytes:`);
  for (const row of byteRows(opened)) console.log(row);
}

/** The command makes no key: a new one would open nothing. */
function openedWith(keysDirectory: string, body: RefusedBody): Uint8Array {
  const file = join(keysDirectory, evidenceKeyFile);
  if (!existsSync(file)) throw new Error(`${file} is missing: it is made by the gateway`);
  try {
    return openRefusedBody(refusedBodyLock(keysDirectory), body);
  } catch (error) {
    throw new Error(
      `${file} does not open it: it is another gateway's key, or the row was altered`,
      {
        cause: error,
      },
    );
  }
}

await runCommand((started) => run(evidenceOptions(process.argv.slice(2)), started));
