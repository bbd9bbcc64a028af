import { readFileSync } from 'node:fs';
import { OwnLedger } from '../adapters/accounting/own-ledger.ts';
import {
  trytonAccounting,
  type TrytonSurroundings,
} from '../adapters/accounting/tryton/tryton-accounting.ts';
import { trytonTalk } from '../adapters/accounting/tryton/tryton-talk.ts';
import type { AccountingSystem } from '../application/ports/accounting-system.ts';
import type { AccountingSettings } from './accounting-settings.ts';

/** The accounting system that was set, over the books that every one of them tells through. */
export function openAccounting(
  settings: AccountingSettings,
  around: TrytonSurroundings,
): AccountingSystem {
  if (settings.system === 'own') {
    return new OwnLedger(around.books, around.clock, around.randomness);
  }
  const { passwordFile, ...place } = settings;
  return trytonAccounting(trytonTalk({ ...place, password: passwordIn(passwordFile) }), around);
}

function passwordIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw new Error(`TRYTON_PASSWORD_FILE: ${file} cannot be read`, { cause: error });
  }
}
