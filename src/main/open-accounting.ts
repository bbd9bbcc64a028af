import { readFileSync } from 'node:fs';
import { OwnLedger } from '../adapters/accounting/own-ledger.ts';
import {
  trytonAccounting,
  type TrytonSurroundings,
} from '../adapters/accounting/tryton/tryton-accounting.ts';
import { trytonLines } from '../adapters/accounting/tryton/tryton-lines.ts';
import { trytonTalk } from '../adapters/accounting/tryton/tryton-talk.ts';
import type { AccountingSystem } from '../application/ports/accounting-system.ts';
import type { ForeignLines } from '../application/ports/foreign-lines.ts';
import type { AccountingSettings } from './accounting-settings.ts';

/** An accounting system, and what others post in it; our own ledger has nobody else. */
export interface OpenedAccounting {
  readonly system: AccountingSystem;
  readonly foreign?: ForeignLines;
}

/** The accounting system that was set, over the books that every one of them tells through. */
export function openAccounting(
  settings: AccountingSettings,
  around: TrytonSurroundings,
): OpenedAccounting {
  if (settings.system === 'own') {
    return { system: new OwnLedger(around.books, around.clock, around.randomness) };
  }
  const { passwordFile, ...place } = settings;
  const call = trytonTalk({ ...place, password: passwordIn(passwordFile) });
  return { system: trytonAccounting(call, around), foreign: trytonLines(call) };
}

function passwordIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw new Error(`TRYTON_PASSWORD_FILE: ${file} cannot be read`, { cause: error });
  }
}
