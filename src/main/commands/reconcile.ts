import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { breaksCsv } from '../../adapters/books/breaks-csv.ts';
import { yookassaRegistry } from '../../adapters/payment/yookassa/yookassa-registry.ts';
import { FileRefused } from '../../application/ports/company-books.ts';
import type { PaymentProvider } from '../../application/ports/payment-provider.ts';
import type {
  ReconciliationRun,
  RegistryReader,
} from '../../application/ports/reconciliation-store.ts';
import { listDay } from '../../application/reconciliation/list-day.ts';
import type { RegistryLine } from '../../domain/reconciliation.ts';
import { dayIn, type CalendarDay } from '../../domain/time.ts';
import { keys } from '../keys.ts';
import { portalContainerForCommand } from '../command-parts.ts';
import type { Started } from '../running.ts';
import { WrongUsage } from './import-options.ts';
import { reconcileHelp, reconcileOptions, type ReconcileOptions } from './reconcile-options.ts';
import { writeFile } from 'node:fs/promises';
import { runCommand } from './run-command.ts';

const exitCodes = { clean: 0, breaks: 1, refused: 2, trouble: 3 } as const;
const zone = 'Europe/Moscow';
const registryReaders: readonly RegistryReader[] = [yookassaRegistry];
const mostBytes = 512 * 1024 * 1024;

async function run(options: ReconcileOptions, started: Started): Promise<number> {
  const container = await portalContainerForCommand('reconcile', started);
  const runs = container.get(keys.reconciliationStore);
  if (options.list) {
    for (const each of await runs.list(20)) console.log(summary(each));
    return exitCodes.clean;
  }
  const provider = container
    .get(keys.paymentProviders)
    .find(({ code }) => code === options.provider);
  if (provider === undefined) {
    const known = container.get(keys.paymentProviders).map(({ code }) => code);
    throw new WrongUsage(
      `there is no payment system ${options.provider}; there are ${known.join(', ')}`,
    );
  }
  const side = await theirSide(provider, options);
  const known = side.hash && (await runs.findByHash(provider.code, side.hash));
  if (known) {
    console.log(`this very file was reconciled before:\n${summary(known)}`);
    return codeFor(known);
  }
  const request = { provider, zone, ...side };
  const done = await container.get(keys.reconcileDay)(request);
  await writeFile(options.out, breaksCsv(done.breaks));
  console.log(summary(done));
  if (done.breaks.length > 0) console.log(`the breaks are listed in ${options.out}`);
  return codeFor(done);
}

const codeFor = ({ breaks }: ReconciliationRun): number =>
  breaks.some(({ state }) => state === 'open') ? exitCodes.breaks : exitCodes.clean;

/** Their side of the day: from the register, or by asking. */
async function theirSide(
  provider: PaymentProvider,
  { registry, day }: ReconcileOptions,
): Promise<{
  readonly lines: readonly RegistryLine[];
  readonly day: CalendarDay;
  readonly source: 'list' | 'registry';
  readonly hash: string | undefined;
}> {
  if (registry !== undefined) {
    const { lines, hash } = readRegister(provider.code, registry);
    const last = lines.at(-1)?.at;
    const of = day ?? (last === undefined ? undefined : dayIn(zone, last));
    if (of === undefined) throw new WrongUsage(`${registry} is empty; say which day it is: --day`);
    return { lines, day: of, source: 'registry', hash };
  }
  if (day === undefined) throw new WrongUsage('name a day: --day YYYY-MM-DD');
  const listed = await listDay(provider, day, zone);
  if (listed.tag === 'cannot-list') {
    throw new WrongUsage(`${provider.code} has no list to ask for; give its register: --registry`);
  }
  if (listed.tag === 'unanswered') throw new Error(`${provider.code} gave no list: ${listed.why}`);
  return { lines: listed.lines, day, source: 'list', hash: undefined };
}

function readRegister(code: string, path: string) {
  const reader = registryReaders.find(({ provider }) => provider === code);
  if (reader === undefined) throw new FileRefused(`no register of ${code} can be read yet`);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) throw new FileRefused(`there is no file ${path}`);
  if (found.size > mostBytes) throw new FileRefused(`${path} is larger than 512 MiB`);
  const bytes = readFileSync(path);
  const read = reader.read(bytes);
  if (!read.ok) throw new FileRefused(`${path}, line ${read.refusal.line}: ${read.refusal.why}`);
  return { lines: read.value, hash: createHash('sha256').update(bytes).digest('hex') };
}

function summary({ provider, day, source, lines, matched, breaks }: ReconciliationRun): string {
  const counts = new Map<string, number>();
  for (const { code, state } of breaks) {
    const name = state === 'healed' ? `${code} healed` : code;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const found = [...counts].map(([name, count]) => `${String(count)} × ${name}`).join(', ');
  return `${provider} ${day} by ${source}: ${String(lines)} lines, ${String(matched)} matched; ${found === '' ? 'no breaks' : found}`;
}

const exitFor = (error: unknown): number =>
  error instanceof WrongUsage || error instanceof FileRefused
    ? exitCodes.refused
    : exitCodes.trouble;

await runCommand(async (started) => {
  const options = reconcileOptions(process.argv.slice(2));
  if (!options.help) return run(options, started);
  console.log(reconcileHelp);
  return undefined;
}, exitFor);
