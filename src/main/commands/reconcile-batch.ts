import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Container } from 'inversify';
import { readDeductions } from '../../adapters/books/deductions-csv.ts';
import { settlementRules } from '../../adapters/settings/settlements-file.ts';
import { FileRefused } from '../../application/ports/company-books.ts';
import type { ReconciliationRun } from '../../application/ports/reconciliation-store.ts';
import { findCredits } from '../../application/accounting/find-credits.ts';
import { reconcileBatch, textsOf } from '../../application/reconciliation/reconcile-batch.ts';
import type { BatchRefusal } from '../../domain/settlement-batch.ts';
import { dayIn, type CalendarDay } from '../../domain/time.ts';
import { readConfig } from '../config.ts';
import { keys } from '../keys.ts';
import { readerOf } from './books-import.ts';
import { bytesOf, readRegister } from './reconcile-files.ts';
import type { BatchOptions } from './reconcile-options.ts';

const zone = 'Europe/Moscow';

/** Holds one transfer of a payment system against the bank's statement; the same files are compared once. */
export async function compareWithBank(
  container: Container,
  provider: string,
  { number: batch, bank, registries, deductions: deductionsPath }: BatchOptions,
  day: CalendarDay | undefined,
): Promise<ReconciliationRun | { readonly known: ReconciliationRun }> {
  const rules = settlementRules(readConfig(process.env).settlementsFile);
  if (!rules.some((rule) => rule.provider === provider)) {
    throw new FileRefused(
      `SETTLEMENTS_FILE has no rule for ${provider}: its transfers cannot be told`,
    );
  }
  const files = registries.map((path) => readRegister(provider, path));
  const lines = files.flatMap((file) => file.lines);
  const deductions = deductionsPath === undefined ? [] : deductionsIn(deductionsPath);
  const bytes = [bytesOf(bank), ...(deductionsPath === undefined ? [] : [bytesOf(deductionsPath)])];
  const hash = digestOf([batch, ...files.map((file) => file.hash), ...bytes.map(shaOf)]);
  const runs = container.get(keys.reconciliationStore);
  const known = await runs.findByHash(provider, hash);
  if (known !== undefined) return { known };

  const find = findCredits(await readerOf(bank), rules);
  const credits = await find(createReadStream(bank), provider, batch);
  const last = lines.at(-1)?.at;
  const of = day ?? credits.at(-1)?.day ?? (last === undefined ? undefined : dayIn(zone, last));
  if (of === undefined) throw new FileRefused(`the registers of batch ${batch} are empty`);
  const compare = reconcileBatch(runs, container.get(keys.randomness), container.get(keys.clock));
  const done = await compare({ provider, batch, day: of, hash, lines, deductions, credits });
  if (!done.ok) throw new FileRefused(`batch ${batch}: ${refusalText(done.refusal)}`);
  const { ours, theirs } = textsOf(done.value.compared, credits);
  console.log(`${theirs}; ${ours}`);
  return done.value.run;
}

function deductionsIn(path: string) {
  const read = readDeductions(bytesOf(path));
  if (!read.ok) throw new FileRefused(`${path}, line ${read.refusal.line}: ${read.refusal.why}`);
  return read.value;
}

const shaOf = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');
const digestOf = (parts: readonly string[]): string => shaOf(JSON.stringify(parts));

function refusalText(refusal: BatchRefusal): string {
  switch (refusal.reason) {
    case 'empty':
      return 'no register has a line';
    case 'net-unknown':
      return `the register does not say what reaches us of payment ${refusal.ref}, and a fee is not guessed`;
    case 'told-otherwise':
      return `${refusal.ref} is told twice, in other words`;
    case 'currencies-mixed':
      return `${refusal.found} stands beside ${refusal.beside}; a transfer is in one currency`;
  }
}
