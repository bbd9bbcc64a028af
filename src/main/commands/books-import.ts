import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { readCamt } from '../../adapters/books/bank/camt-reader.ts';
import { readClientBank } from '../../adapters/books/bank/client-bank-reader.ts';
import { PostgresLedger } from '../../adapters/postgres/books/postgres-ledger.ts';
import { openPool } from '../../adapters/postgres/pool.ts';
import { settlementRules } from '../../adapters/settings/settlements-file.ts';
import { cryptoRandomness } from '../../adapters/system/crypto-randomness.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import {
  type BankFileListener,
  importBankFile,
} from '../../application/accounting/import-bank-file.ts';
import { postEvent } from '../../application/accounting/post-event.ts';
import type { ReadBankFile } from '../../application/ports/bank-file.ts';
import { decimalText, money } from '../../domain/money.ts';
import { readConfig } from '../config.ts';
import { prepareDatabase } from '../database.ts';
import { openDatabaseUrl } from '../database-server.ts';
import type { Started } from '../running.ts';

/** Books a bank's file; answers whether everything in it found its place. */
export async function runImport(path: string, started: Started): Promise<boolean> {
  const config = readConfig(process.env);
  const zone = config.company.timeZone;
  const rules = settlementRules(config.settlementsFile);
  const read = await readerOf(path);
  const url = await openDatabaseUrl('books', started);
  await prepareDatabase('books', url);
  const pool = openPool(url, 2, 'books');
  started.add(() => pool.end());
  const post = postEvent(new PostgresLedger(pool, zone), systemClock, cryptoRandomness());
  const work = importBankFile(read, rules, post, zone);
  const done = await work(() => createReadStream(path), listener);
  console.error(
    `${String(done.movements)} movements: ${String(done.posted)} settlements booked, ` +
      `${String(done.repeated)} known already, ${String(done.unmatched)} not of a payment system, ` +
      `${String(done.refused)} refused`,
  );
  return done.unmatched === 0 && done.refused === 0;
}

/** The reader of a bank's file: XML is camt, everything else has to be 1C's text. */
export async function readerOf(path: string): Promise<ReadBankFile> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(100), 0, 100, 0);
    const text = buffer.toString('latin1', 0, bytesRead).replace(/^ï»¿/, '').trimStart();
    return text.startsWith('<') ? readCamt : readClientBank;
  } finally {
    await file.close();
  }
}

const listener: BankFileListener = {
  warning: (line, text) => {
    console.error(`line ${String(line)}: warning: ${text}`);
  },
  unmatched: (line, { day, number, minor, other, purpose }, currency) => {
    const sum = `${decimalText(money(minor, currency))} ${currency}`;
    console.log(`line ${String(line)}: ${day} ${sum} from ${other.name} (${number}): ${purpose}`);
  },
  refused: (line, reason) => {
    console.error(`line ${String(line)}: refused: ${reason}`);
  },
  progress: (movements) => {
    if (process.stderr.isTTY && movements % 100 === 0) {
      process.stderr.write(`\r${String(movements)}`);
    }
  },
};
