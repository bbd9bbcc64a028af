import { readFileSync } from 'node:fs';
import { OwnLedger } from '../adapters/accounting/own-ledger.ts';
import { oneCAccounting } from '../adapters/accounting/one-c/one-c-accounting.ts';
import { oneCTalk } from '../adapters/accounting/one-c/one-c-talk.ts';
import type { ElsewhereSurroundings } from '../adapters/accounting/posted-elsewhere.ts';
import { trytonAccounting } from '../adapters/accounting/tryton/tryton-accounting.ts';
import { trytonLines } from '../adapters/accounting/tryton/tryton-lines.ts';
import { trytonTalk } from '../adapters/accounting/tryton/tryton-talk.ts';
import type { AccountingSystem } from '../application/ports/accounting-system.ts';
import type { ForeignLines } from '../application/ports/foreign-lines.ts';
import type { AccountingSettings } from './accounting-settings.ts';

/** An accounting system, and how far it is ours alone. */
export interface OpenedAccounting {
  readonly system: AccountingSystem;
  /** Whether several processes may post in it at once. */
  readonly isShared: boolean;
  /** What others post in it, where that is brought to the customers. */
  readonly foreign?: ForeignLines;
}

/** The accounting system that was set, over the books that every one of them tells through. */
export function openAccounting(
  settings: AccountingSettings,
  around: ElsewhereSurroundings,
): OpenedAccounting {
  switch (settings.system) {
    case 'own': {
      const system = new OwnLedger(around.books, around.clock, around.randomness);
      return { system, isShared: true };
    }
    case 'tryton': {
      const { passwordFile, url, database, user } = settings;
      const password = passwordIn(passwordFile, 'TRYTON_PASSWORD_FILE');
      const call = trytonTalk({ url, database, user, password });
      const system = trytonAccounting(call, around);
      return { system, isShared: false, foreign: trytonLines(call) };
    }
    case '1c': {
      const { url, user, passwordFile, taxNumber } = settings;
      const password = passwordIn(passwordFile, 'ONE_C_PASSWORD_FILE');
      const system = oneCAccounting(oneCTalk({ url, user, password }), taxNumber, around);
      return { system, isShared: false };
    }
  }
}

function passwordIn(file: string, setting: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw new Error(`${setting}: ${file} cannot be read`, { cause: error });
  }
}
