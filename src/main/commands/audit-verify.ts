import { parseArgs } from 'node:util';
import { auditReader } from '../../adapters/amqp/audit-seal.ts';
import { PostgresAuditPages } from '../../adapters/postgres/gateway/postgres-audit-pages.ts';
import { openPool } from '../../adapters/postgres/pool.ts';
import { verifyAudit } from '../../application/gateway/verify-audit.ts';
import type { ChainEnd } from '../../domain/protection/audit-chain.ts';
import { isoText } from '../../domain/time.ts';
import { readConfig } from '../config.ts';
import { openDatabaseUrl } from '../database-server.ts';
import type { Started } from '../running.ts';
import { runCommand } from './run-command.ts';

const help = `Usage: npm run audit:verify [-- --head SEQ:DIGEST]

Goes over the gateway's audit log from the first record: each must carry the digest of what it says and of the one
before it, and every signed head must stand where it was signed. Names the first record that is missing, changed or
signed by nobody we know, and ends with exit code 1 then. Needs the gateway's database and, in its directory of keys,
the folder audit of public keys; copy that folder and the heads of the program's log (audit-head) elsewhere.

  --head SEQ:DIGEST  a head from such a copy: shows a log whose end was cut off, or which was made anew`;

const whys = {
  missing: 'is missing: something was taken away',
  changed: 'is not what was written',
  unsigned: 'has a head that the gateway did not sign',
  unheaded: 'has no signed head behind it',
} as const;

async function run(known: ChainEnd | undefined, started: Started): Promise<void> {
  const config = readConfig(process.env);
  const url = await openDatabaseUrl('gateway', started);
  const pool = openPool(url, 2, 'audit-verify');
  started.add(() => pool.end());
  const reader = auditReader(config.keysDirectory);
  const isWatched = process.stderr.isTTY;
  const progress = (records: number): void => {
    if (isWatched) process.stderr.write(`\r${String(records)} records hold`);
  };
  const { records, heads, broken } = await verifyAudit(
    new PostgresAuditPages(pool),
    reader,
    progress,
  )(known);
  if (isWatched) process.stderr.write('\n');
  if (broken === undefined) {
    console.log(`${String(records)} records and ${String(heads)} signed heads, all hold`);
    return;
  }
  const { seq, why, record } = broken;
  const when = record === undefined ? '' : ` of ${isoText(record.at)}`;
  throw new Error(
    `record ${String(seq)}${when} ${whys[why]}; the ${String(records)} before it hold`,
  );
}

function headOf(text: string | undefined): ChainEnd | undefined {
  if (text === undefined) return undefined;
  const [, seq, digest] = /^([1-9]\d{0,15}):([\w-]{43})$/.exec(text) ?? [];
  if (seq === undefined || digest === undefined) {
    throw new Error('--head takes a number and a digest, as the log has them: SEQ:DIGEST');
  }
  return { seq: Number(seq), digest };
}

await runCommand(async (started) => {
  const { values } = parseArgs({
    options: { help: { type: 'boolean', default: false }, head: { type: 'string' } },
  });
  if (values.help) console.log(help);
  else await run(headOf(values.head), started);
});
