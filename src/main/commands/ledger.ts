import { writeFileSync } from 'node:fs';
import { eventFile } from '../../adapters/books/event-file.ts';
import { amountInWords } from '../../adapters/pdf/amount-in-words.ts';
import { pdfPrinter } from '../../adapters/pdf/pdf-printer.ts';
import { PostgresLedger } from '../../adapters/postgres/books/postgres-ledger.ts';
import { PostgresLedgerReports } from '../../adapters/postgres/books/postgres-ledger-reports.ts';
import { PostgresToleranceStore } from '../../adapters/postgres/books/postgres-tolerance-store.ts';
import { openCopyPool, openPool } from '../../adapters/postgres/pool.ts';
import { codePages } from '../../adapters/system/code-pages.ts';
import { cryptoRandomness } from '../../adapters/system/crypto-randomness.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import { checkLedger, type SealMark } from '../../application/accounting/check-ledger.ts';
import { postEvent } from '../../application/accounting/post-event.ts';
import { postTold } from '../../application/accounting/post-told.ts';
import { printBill, type Payee } from '../../application/accounting/print-bill.ts';
import {
  tolerateDifference,
  type TolerateDifference,
} from '../../application/accounting/tolerate-difference.ts';
import { trialBalance } from '../../application/accounting/trial-balance.ts';
import { formulasOf } from '../../domain/ledger/charge-formula.ts';
import { decimalText } from '../../domain/money.ts';
import { dayIn } from '../../domain/time.ts';
import { openCompany } from '../company-files.ts';
import { readConfig } from '../config.ts';
import { prepareDatabase } from '../database.ts';
import { openDatabaseUrl } from '../database-server.ts';
import type { Started } from '../running.ts';
import { WrongUsage } from './import-options.ts';
import { ledgerHelp, ledgerOptions, type LedgerOptions } from './ledger-options.ts';
import {
  balanceHeading,
  balanceRow,
  checkPrinter,
  currencyRow,
  printJson,
} from './ledger-printing.ts';
import { closeAccountText } from './ledger-close-account.ts';
import { toleranceRow, toleratedText, tolerateRefusalText } from './ledger-tolerate.ts';
import { runCommand } from './run-command.ts';

const exitCodes = { sound: 0, differences: 1, refused: 2, trouble: 3 } as const;

type Given<Tag extends LedgerOptions['tag']> = Extract<LedgerOptions, { readonly tag: Tag }>;

async function run(options: Exclude<LedgerOptions, { tag: 'help' }>, started: Started) {
  const url = await openDatabaseUrl('books', started);
  await prepareDatabase('books', url);
  const config = readConfig(process.env);
  const { timeZone } = config.company;
  const reports = (): PostgresLedgerReports => {
    const pool = openCopyPool(url, 1, 'ledger');
    started.add(() => pool.end());
    return new PostgresLedgerReports(pool);
  };
  const ledger = (): PostgresLedger => {
    const pool = openPool(url, 2, 'ledger');
    started.add(() => pool.end());
    return new PostgresLedger(pool, timeZone);
  };
  const tolerances = (): PostgresToleranceStore => {
    const pool = openPool(url, 2, 'ledger');
    started.add(() => pool.end());
    return new PostgresToleranceStore(pool);
  };
  switch (options.tag) {
    case 'check':
      return check(reports(), options);
    case 'balance':
      return balance(reports(), options);
    case 'close':
      return close(ledger(), options, timeZone);
    case 'close-account':
      return closeAccount(ledger(), options);
    case 'post':
      return post(ledger(), options);
    case 'tolerate': {
      const rules = { dailyLimits: config.toleratedADay, zone: timeZone };
      const posting = postEvent(ledger(), systemClock, cryptoRandomness());
      return tolerate(tolerateDifference(tolerances(), posting, rules, systemClock), options);
    }
    case 'tolerate-list':
      for (const each of await tolerances().list(100)) console.log(toleranceRow(each));
      return exitCodes.sound;
    case 'why':
      return why(ledger(), options);
    case 'bill':
      return bill(ledger(), options, { company: openCompany(config), bank: config.bank }, started);
  }
}

async function check(
  reports: PostgresLedgerReports,
  { json, seal }: Given<'check'>,
): Promise<number> {
  const found = await checkLedger(reports)(checkPrinter(json, process.stderr), seal);
  const last = found.last && markText(found.last);
  if (json) printJson({ ...found, last });
  else {
    const seals =
      last === undefined
        ? 'nothing is sealed yet'
        : `the last of ${String(found.seals)} seals is ${last}`;
    const result =
      found.differences === 0 ? 'all holds' : `${String(found.differences)} differences`;
    console.log(`${String(found.entries)} entries, ${result}; ${seals}`);
  }
  return found.differences === 0 ? exitCodes.sound : exitCodes.differences;
}

const markText = ({ seqTo, digest }: SealMark): string => `${seqTo.toString()}:${digest}`;

async function balance(
  reports: PostgresLedgerReports,
  { json, accounts, at }: Given<'balance'>,
): Promise<number> {
  if (!json) console.log(balanceHeading);
  const tell = (line: Parameters<typeof balanceRow>[0]): Promise<void> => {
    if (!accounts) return Promise.resolve();
    if (json) printJson(line);
    else console.log(balanceRow(line));
    return drained();
  };
  const { kinds, currencies } = await trialBalance(reports)(at, tell);
  if (json) printJson({ kinds, currencies });
  else {
    if (!accounts) for (const kind of kinds) console.log(balanceRow(kind));
    for (const currency of currencies) console.log(currencyRow(currency));
  }
  const isEven = currencies.every(({ debits, credits }) => debits === credits);
  return isEven ? exitCodes.sound : exitCodes.differences;
}

/** Waits while whoever reads the output is slower than the books. */
const drained = (): Promise<void> =>
  process.stdout.writableNeedDrain
    ? new Promise((resolve) => process.stdout.once('drain', resolve))
    : Promise.resolve();

async function close(
  ledger: PostgresLedger,
  { period }: Given<'close'>,
  zone: string,
): Promise<number> {
  const now = systemClock.now();
  const closed = await ledger.closeMonth(period, dayIn(zone, now), now);
  if (closed.ok) {
    console.log(
      `closed: ${period} and all before it; what comes late is booked on the first open day`,
    );
    return exitCodes.sound;
  }
  const { refusal } = closed;
  throw new WrongUsage(
    refusal.reason === 'not-over'
      ? `${period} is not over yet; a month is closed from the first day of the next`
      : `${period} is closed already; the books are closed through ${refusal.through}`,
  );
}

async function closeAccount(
  ledger: PostgresLedger,
  { account, reason }: Given<'close-account'>,
): Promise<number> {
  const closed = await ledger.closeAccount(account, reason, systemClock.now());
  if (!closed.ok) throw new WrongUsage(closeAccountText(account, closed.refusal));
  console.log(`closed: account ${account}; what is paid for it from now on is kept in suspense`);
  return exitCodes.sound;
}

async function post(ledger: PostgresLedger, { file }: Given<'post'>): Promise<number> {
  const posting = postTold(ledger, postEvent(ledger, systemClock, cryptoRandomness()), systemClock);
  const { posted, repeated, refused } = await posting(eventFile(file), (lines) => {
    if (process.stderr.isTTY && lines % 100 === 0) process.stderr.write(`\r${String(lines)} lines`);
  });
  console.log(`${String(posted)} posted, ${String(repeated)} known already`);
  if (refused === undefined) return exitCodes.sound;
  console.error(`kabinet: ${file}, line ${String(refused.line)}: ${refused.reason}`);
  return exitCodes.differences;
}

async function tolerate(
  say: TolerateDifference,
  { caseId, word }: Given<'tolerate'>,
): Promise<number> {
  const said = await say(caseId, word);
  if (!said.ok) throw new WrongUsage(tolerateRefusalText(caseId, said.refusal));
  console.log(toleratedText(said.value));
  return said.value.tolerance.state.tag === 'waiting' ? exitCodes.differences : exitCodes.sound;
}

async function why(ledger: PostgresLedger, { invoice }: Given<'why'>): Promise<number> {
  const bill = await ledger.bill(invoice);
  if (bill === undefined) throw new WrongUsage(`there is no bill ${invoice}`);
  const { account, period, lines, penalty, total } = bill;
  console.log(`bill ${invoice}, account ${account}, ${period.from} to ${period.to}`);
  for (const line of lines) {
    console.log(`${line.title}: ${decimalText(line.amount)} ${line.amount.currency}`);
    for (const formula of formulasOf(line)) console.log(`  ${formula}`);
  }
  if (penalty.minor > 0n) console.log(`penalty: ${decimalText(penalty)} ${penalty.currency}`);
  console.log(`to pay: ${decimalText(total)} ${total.currency}`);
  return exitCodes.sound;
}

async function bill(
  ledger: PostgresLedger,
  { invoice, pdf, language }: Given<'bill'>,
  payee: Payee,
  started: Started,
): Promise<number> {
  const printer = pdfPrinter();
  started.add(() => printer.close());
  const print = printBill(ledger, payee, codePages, amountInWords, printer);
  const printed = await print(invoice, language);
  if (!printed.ok) throw new WrongUsage(`there is no bill ${invoice}`);
  writeFileSync(pdf, printed.value.pdf);
  const { withoutQr } = printed.value;
  if (withoutQr !== undefined) console.error(withoutQr.en);
  console.log(`bill ${invoice} is in ${pdf}`);
  return exitCodes.sound;
}

const codeFor = (error: unknown): number =>
  error instanceof WrongUsage ? exitCodes.refused : exitCodes.trouble;

await runCommand(async (started) => {
  const options = ledgerOptions(process.argv.slice(2));
  if (options.tag !== 'help') return run(options, started);
  console.log(ledgerHelp);
  return undefined;
}, codeFor);
