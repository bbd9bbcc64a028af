// A gateway's audit and nothing else, as a process: node test/support/audit-writer.ts <database> <keys> <name>.
// It appends as fast as it can and prints the number of each record behind which a head stands.
import { auditSeal } from '../../src/adapters/amqp/audit-seal.ts';
import { openKeyRing } from '../../src/adapters/amqp/key-ring.ts';
import { PostgresAuditLog } from '../../src/adapters/postgres/gateway/postgres-audit-log.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { recordAudit } from '../../src/application/gateway/record-audit.ts';

const [url = '', keys = '', name = ''] = process.argv.slice(2);
const ring = openKeyRing(keys, 'gateway');
const log = new PostgresAuditLog(openPool(url, 2, name), auditSeal(ring, keys));
const { record, flush } = recordAudit(log, systemClock);
for (let count = 0; ;) {
  for (const end = count + 1 + (count % 7); count < end; count += 1) {
    record('refused', name, String(count));
  }
  const head = await flush();
  process.stdout.write(`${String(head?.seq)} ${String(count)}\n`);
}
