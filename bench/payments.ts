import { setTimeout as sleep } from 'node:timers/promises';
import { execFileSync } from 'node:child_process';
import { sentence } from '../src/main/run-alone.ts';
import { Started } from '../src/main/running.ts';
import { freePort } from '../test/support/free-port.ts';
import { measure } from './payments/measure.ts';
import { benchOptions, paymentsHelp, type BenchOptions } from './payments/options.ts';
import { payerOf } from './payments/payers.ts';
import { findPgbench, pgbenchAt } from './payments/pgbench.ts';
import { openPlace, run } from './payments/place.ts';
import { openInside, openPortal, startBehind } from './payments/portal.ts';
import { report } from './payments/report.ts';
import { traceInside, traceLife, traceNotices, type Scripts } from './payments/scripts.ts';
import { simulatedEnv, startSimulated } from './payments/simulated.ts';

async function bench(options: BenchOptions, started: Started, signal: AbortSignal): Promise<void> {
  const program = await findPgbench();
  const place = await openPlace(options, started);
  const pgbench = pgbenchAt(program, place.data, signal);
  const ports = { simulators: await freePort(), notify: await freePort() };
  const portal = await openPortal(place, simulatedEnv(ports), started);
  const payer = payerOf(portal);
  const simulated = await startSimulated(portal, payer, ports, place.data, started);

  console.error('tracing one payment');
  const life = await traceLife(payer, options.customers);
  const notices = await traceNotices(portal, place, options.customers);
  const here = await startBehind(portal, 'here');
  const inside = await openInside(portal, here);
  await sleep(1_000);
  const behind = await traceInside(payer, inside, options.customers - 1, life.trips);
  await inside.stop();
  await here.stop();
  const scripts: Scripts = {
    ...{ life: life.script, inside: behind.scripts, ...notices },
    trips: { life: life.trips, ...behind.trips },
  };
  const thread = await startBehind(portal, 'thread');
  started.add(() => thread.stop());
  const findings = await measure({
    ...{ options, place, portal, payer, simulated, pgbench, scripts, behind: thread },
  });
  const { rows } = await run(place.url('portal'), 'SHOW server_version');
  const tool = execFileSync(program, ['--version'], { encoding: 'utf8' }).split(' ')[2] ?? '';
  const server = (rows[0] as { server_version: string }).server_version;
  const versions = `Node ${process.version}, PostgreSQL ${server}, pgbench ${tool.trim()}`;
  report({ ...findings, versions, trips: scripts.trips });
}

const started = new Started();
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    ending.abort();
    void started.stop().then(() => process.exit(130));
  });
}
try {
  const options = benchOptions(process.argv.slice(3));
  if (options === undefined) console.log(paymentsHelp);
  else await bench(options, started, ending.signal);
} catch (error) {
  if (!ending.signal.aborted) {
    console.error(`bench: ${sentence(error)}`);
    process.exitCode = 1;
  }
} finally {
  if (!ending.signal.aborted) await started.stop();
}
