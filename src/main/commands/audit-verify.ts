import { parseArgs } from 'node:util';
import { auditSeal } from '../../adapters/amqp/audit-seal.ts';
import { openKeyRing } from '../../adapters/amqp/key-ring.ts';
import { PostgresAuditLog } from '../../adapters/postgres/gateway/postgres-audit-log.ts';
import { openPool } from '../../adapters/postgres/pool.ts';
import { verifyAudit } from '../../application/gateway/verify-audit.ts';
import { isoText } from '../../domain/time.ts';
import { readConfig } from '../config.ts';
import { openDatabaseUrl } from '../database-server.ts';
import { sentence } from '../run-alone.ts';
import { Started } from '../running.ts';

const help = `Usage: npm run audit:verify

Goes over the gateway's audit log from the first record: each must carry the digest of what it says and of the one
before it, and every signed head must stand where it was signed. Names the first record that is missing, changed or
signed by nobody we know, and ends with exit code 1 then. Needs the gateway's database and its directory of keys.`;

const whys = {
  missing: 'is missing: something was taken away',
  changed: 'is not what was written',
  unsigned: 'has a head that the gateway did not sign',
} as const;

async function run(started: Started): Promise<void> {
  const config = readConfig(process.env);
  const url = await openDatabaseUrl('gateway', started);
  const pool = openPool(url, 2, 'audit-verify');
  started.add(() => pool.end());
  const seal = auditSeal(openKeyRing(config.keysDirectory, 'gateway'));
  const isWatched = process.stderr.isTTY;
  const progress = (records: number): void => {
    if (isWatched) process.stderr.write(`\r${String(records)} records hold`);
  };
  const { records, heads, broken } = await verifyAudit(
    new PostgresAuditLog(pool, seal),
    seal,
    progress,
  )();
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

const started = new Started();
try {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
  if (values.help) console.log(help);
  else await run(started);
} catch (error) {
  console.error(`kabinet: ${sentence(error)}`);
  process.exitCode = 1;
} finally {
  await started.stop();
}
