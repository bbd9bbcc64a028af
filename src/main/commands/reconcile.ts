import type { Container } from 'inversify';
import { breaksCsv } from '../../adapters/books/breaks-csv.ts';
import { FileRefused } from '../../application/ports/company-books.ts';
import type { PaymentProvider } from '../../application/ports/payment-provider.ts';
import type { ReconciliationRun } from '../../application/ports/reconciliation-store.ts';
import { listDay } from '../../application/reconciliation/list-day.ts';
import type { RegistryLine } from '../../domain/reconciliation.ts';
import { dayIn, type CalendarDay } from '../../domain/time.ts';
import { keys } from '../keys.ts';
import { portalContainerForCommand } from '../command-parts.ts';
import type { Started } from '../running.ts';
import { WrongUsage } from './import-options.ts';
import { BankFileRefused } from '../../application/ports/bank-file.ts';
import { compareWithBank } from './reconcile-batch.ts';
import { readRegister, summary } from './reconcile-files.ts';
import { reconcileHelp, reconcileOptions, type ReconcileOptions } from './reconcile-options.ts';
import { writeFile } from 'node:fs/promises';
import { runCommand } from './run-command.ts';

const exitCodes = { clean: 0, breaks: 1, refused: 2, trouble: 3 } as const;
const zone = 'Europe/Moscow';

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
  const done =
    options.batch === undefined
      ? await reconciledDay(container, provider, options)
      : await compareWithBank(container, provider.code, options.batch, options.day);
  if ('known' in done) {
    console.log(`this very file was reconciled before:\n${summary(done.known)}`);
    return codeFor(done.known);
  }
  await writeFile(options.out, breaksCsv(done.breaks));
  console.log(summary(done));
  if (done.breaks.length > 0) console.log(`the breaks are listed in ${options.out}`);
  return codeFor(done);
}

async function reconciledDay(
  container: Container,
  provider: PaymentProvider,
  options: ReconcileOptions,
): Promise<ReconciliationRun | { readonly known: ReconciliationRun }> {
  const side = await theirSide(provider, options);
  const runs = container.get(keys.reconciliationStore);
  const known = side.hash && (await runs.findByHash(provider.code, side.hash));
  if (known) return { known };
  return container.get(keys.reconcileDay)({ provider, zone, ...side });
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

const exitFor = (error: unknown): number =>
  error instanceof WrongUsage || error instanceof FileRefused || error instanceof BankFileRefused
    ? exitCodes.refused
    : exitCodes.trouble;

await runCommand(async (started) => {
  const options = reconcileOptions(process.argv.slice(2));
  if (!options.help) return run(options, started);
  console.log(reconcileHelp);
  return undefined;
}, exitFor);
