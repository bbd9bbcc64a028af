import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../test/support/free-port.ts';
import { startProgram } from '../test/support/kabinet-process.ts';
import { PortalClient } from '../test/support/portal-client.ts';
import { endProcess } from '../test/support/processes.ts';
import { runningEmbeddedUrl } from '../src/adapters/postgres/embedded-running.ts';
import { embeddedDatabaseUrl, embeddedDirectory } from '../src/main/database-urls.ts';
import { load, median, type Load } from './load.ts';

const rounds = 5;
const roundMs = 2_000;
const payments = 20;
const [contract, password, phone] = ['7000001', 'demo-Kabinet-2026', '+79990000001'] as const;

const data = mkdtempSync(join(tmpdir(), 'kabinet-bench-'));
const [port, simulators, metrics, barePort] = await Promise.all([
  freePort(),
  freePort(),
  freePort(),
  freePort(),
]);
const env = {
  KABINET_DATA: data,
  PORT: String(port),
  SIMULATORS_PORT: String(simulators),
  METRICS_PORT: String(metrics),
  GATEWAY_CONSOLE_PORT: '0',
};
const kabinet = await startProgram('start', env);
const database = embeddedDatabaseUrl(runningEmbeddedUrl(embeddedDirectory(env)) ?? '', 'portal');
const bare = spawn(process.execPath, [join(import.meta.dirname, 'bare-server.ts')], {
  env: { ...process.env, BARE_DATABASE_URL: database, BARE_PORT: String(barePort) },
  stdio: ['ignore', 'pipe', 'inherit'],
});
await new Promise((resolve) => bare.stdout.once('data', resolve));

try {
  await measure();
} finally {
  await endProcess(bare, 'SIGINT');
  await kabinet.stop();
  rmSync(data, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const portal = `http://localhost:${String(port)}`;
  const customer = new PortalClient(portal, `http://localhost:${String(simulators)}`);
  const signIns: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const start = performance.now();
    await customer.signIn(contract, password, phone);
    signIns.push(performance.now() - start);
  }
  const account = (await customer.get('/api/accounts')).body.items[0].id as string;
  const subjects = {
    'bare Koa + pg': `http://127.0.0.1:${String(barePort)}/operations`,
    'bare again': `http://127.0.0.1:${String(barePort)}/operations`,
    accounts: `${portal}/api/accounts`,
    'operations page': `${portal}/api/accounts/${account}/operations?limit=30`,
  };
  const headers = { cookie: customer.cookie() };
  const results = new Map<string, Load[]>(Object.keys(subjects).map((name) => [name, []]));
  for (const url of Object.values(subjects)) await load(url, headers, 1_000);
  for (let round = 0; round < rounds; round += 1) {
    const order = Object.entries(subjects);
    if (round % 2 === 1) order.reverse();
    for (const [name, url] of order) results.get(name)?.push(await load(url, headers, roundMs));
  }
  const ends = await payEndToEnd(customer, account);
  print(results, signIns, ends);
}

async function payEndToEnd(customer: PortalClient, account: string) {
  const settled: number[] = [];
  const posted: number[] = [];
  for (let n = 0; n < payments; n += 1) {
    const start = performance.now();
    const { id } = (await customer.pay(account, '50000')).body;
    await customer.control(id, { outcome: 'pay' });
    await customer.paymentBecomes(id, 'succeeded');
    settled.push(performance.now() - start);
    await customer.paymentBecomes(id, 'succeeded', true);
    posted.push(performance.now() - start);
  }
  return { settled, posted };
}

function print(
  results: ReadonlyMap<string, readonly Load[]>,
  signIns: readonly number[],
  ends: { readonly settled: readonly number[]; readonly posted: readonly number[] },
): void {
  const bareLoads = results.get('bare Koa + pg') ?? [];
  const bareMs = median(bareLoads.map((one) => one.p50Ms));
  const text = (n: number, digits = 1): string => n.toFixed(digits).padStart(9);
  console.log(
    `Node ${process.version}, ${String(rounds)} rounds of ${String(roundMs)} ms, 8 connections, demo data`,
  );
  console.log('subject'.padEnd(26) + '    req/s   p50 ms   p99 ms    ratio (median, min–max)');
  for (const [name, loads] of results) {
    const ratios = loads.map((one, n) => one.perSecond / (bareLoads[n]?.perSecond ?? 1));
    const range = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
    const row = [
      text(median(loads.map((one) => one.perSecond)), 0),
      text(median(loads.map((one) => one.p50Ms))),
      text(median(loads.map((one) => one.p99Ms))),
    ];
    console.log(`${name.padEnd(26)}${row.join('')}${text(median(ratios), 2)} (${range})`);
  }
  const single = {
    'sign-in, SMS included': signIns,
    'payment until settled': ends.settled,
    'payment until posted': ends.posted,
  };
  console.log('\none at a time'.padEnd(27) + '   median ms      max ms   in bare requests');
  for (const [name, times] of Object.entries(single)) {
    const ms = median(times);
    console.log(
      `${name.padEnd(26)}${text(ms)}   ${text(Math.max(...times))}   ${text(ms / bareMs, 0)}`,
    );
  }
}
