import { decimalText, money, type Money } from '../money.ts';
import { ok, refused, type Result } from '../result.ts';

/** Tag 1054: 1 income, 2 income given back, 3 expense, 4 expense given back. */
export const fiscalOperations = [1, 2, 3, 4] as const;
export type FiscalOperation = (typeof fiscalOperations)[number];

/** What the QR of a cash register's receipt says. */
export interface FiscalQr {
  /** `2026-11-22T14:03`, by the register's own clock; with seconds where they were written. */
  readonly at: string;
  readonly total: Money;
  /** Number of the fiscal drive: 16 digits. */
  readonly drive: string;
  /** Number of the fiscal document on that drive. */
  readonly document: string;
  readonly sign: string;
  /** Some registers leave it out. */
  readonly operation: FiscalOperation | undefined;
}

/** By the name of the part in the QR. */
export interface FiscalQrRefusal {
  readonly reason: 'fiscal-qr-malformed';
  readonly part: 't' | 's' | 'fn' | 'i' | 'fp' | 'n';
}

/** The parts as they are written, by name. Sizes of the parts: FFD 1.2. */
const forms = {
  fn: /^\d{16}$/,
  i: /^[1-9]\d{0,9}$/,
  fp: /^\d{1,10}$/,
} as const;

/** Writes it as the tax service's checker wants it: minutes, two decimals, every part, in this order. */
export function fiscalQrText(qr: FiscalQr & { readonly operation: FiscalOperation }): string {
  const t = qr.at.slice(0, 16).replaceAll(/[-:]/g, '');
  const s = decimalText(qr.total);
  return `t=${t}&s=${s}&fn=${qr.drive}&i=${qr.document}&fp=${qr.sign}&n=${String(qr.operation)}`;
}

/**
 * Reads what registers print: parts in any order, with or without seconds, `s` with fewer decimals, without `n`.
 * A report of a shift has no `s` and is no receipt.
 */
export function readFiscalQr(text: string): Result<FiscalQr, FiscalQrRefusal> {
  const parts = new Map(
    text
      .trim()
      .split('&')
      .map((part): [string, string] => {
        const at = part.indexOf('=');
        return [part.slice(0, at).toLowerCase(), part.slice(at + 1)];
      }),
  );
  const wrong = (part: FiscalQrRefusal['part']) =>
    refused({ reason: 'fiscal-qr-malformed', part } as const);

  const at = momentOf(parts.get('t') ?? '');
  if (at === undefined) return wrong('t');
  const total = totalOf(parts.get('s') ?? '');
  if (total === undefined) return wrong('s');
  const [drive = '', document = '', sign = ''] = ['fn', 'i', 'fp'].map((name) => parts.get(name));
  if (!forms.fn.test(drive)) return wrong('fn');
  if (!forms.i.test(document)) return wrong('i');
  if (!forms.fp.test(sign)) return wrong('fp');
  const n = parts.get('n');
  const operation = fiscalOperations.find((known) => String(known) === n);
  if (n !== undefined && operation === undefined) return wrong('n');
  return ok({ at, total, drive, document, sign, operation });
}

function momentOf(text: string): string | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?$/.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second] = found.map((part) => part ?? '');
  const at = `${String(year)}-${String(month)}-${String(day)}T${String(hour)}:${String(minute)}`;
  const whole = second === '' ? at : `${at}:${String(second)}`;
  return isRegisterTime(whole) ? whole : undefined;
}

/** Whether a text is a moment of the calendar, to the minute or second, without a zone. */
export function isRegisterTime(text: string): boolean {
  const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;
  const ms = form.test(text) ? Date.parse(`${text}Z`) : NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

function totalOf(text: string): Money | undefined {
  const found = /^(\d{1,12})(?:\.(\d{0,2}))?$/.exec(text);
  if (found === null) return undefined;
  return money(BigInt(`${found[1] ?? ''}${(found[2] ?? '').padEnd(2, '0')}`), 'RUB');
}
