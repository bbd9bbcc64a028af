import { isEqual, type Money } from '../money.ts';
import { ok, refused, type Result } from '../result.ts';
import {
  fiscalOperations,
  fiscalQrText,
  isRegisterTime,
  readFiscalQr,
  type FiscalOperation,
} from './fiscal-qr.ts';

/** What a cash register made of a payment: the data by which anybody finds the fiscal receipt (54-FZ, FFD 1.2). */
export interface FiscalData {
  /** Tag 1054. */
  readonly operation: FiscalOperation;
  /** Tag 1012: `2026-11-22T14:03`, seconds allowed, by the register's own clock. */
  readonly at: string;
  /** Tag 1020, roubles. */
  readonly total: Money;
  /** Tag 1048. */
  readonly seller: string;
  /** Tag 1018. */
  readonly sellerTaxNumber: string;
  /** Tag 1055: 1, 2, 4, 8, 16 or 32. */
  readonly taxSystem: number;
  /** Tag 1187; for sales on the internet the address of the site. */
  readonly place: string;
  /** Tag 1037: number of the registration of the register. */
  readonly register: string;
  /** Tag 1041. */
  readonly drive: string;
  /** Tag 1040. */
  readonly document: string;
  /** Tag 1077. */
  readonly sign: string;
  /** Tag 1038. */
  readonly shift: number;
  /** Tag 1042. */
  readonly numberInShift: number;
  /** Tag 1060: where a receipt can be checked. */
  readonly taxSite: string;
  /** As the register wrote it, to be printed unchanged; absent where it told none. */
  readonly qr: string | undefined;
}

/** By the tag that is wrong. */
export type FiscalDataRefusal =
  | { readonly reason: 'fiscal-tag-malformed'; readonly tag: number }
  | { readonly reason: 'fiscal-qr-differs' };

export const taxSystems = [1, 2, 4, 8, 16, 32] as const;

type Check = readonly [tag: number, does: (data: FiscalData) => boolean];
const isText = (text: string): boolean => text.trim() !== '' && text.length <= 256;
const isCount = (count: number): boolean => Number.isSafeInteger(count) && count > 0;

const checks: readonly Check[] = [
  [1054, ({ operation }) => fiscalOperations.includes(operation)],
  [1012, ({ at }) => isRegisterTime(at)],
  [1020, ({ total }) => total.currency === 'RUB' && total.minor > 0n],
  [1048, ({ seller }) => isText(seller)],
  [1018, ({ sellerTaxNumber }) => /^(\d{10}|\d{12})$/.test(sellerTaxNumber)],
  [1055, ({ taxSystem }) => taxSystems.some((known) => known === taxSystem)],
  [1187, ({ place }) => isText(place)],
  [1037, ({ register }) => /^\d{1,20}$/.test(register)],
  [1041, ({ drive }) => /^\d{16}$/.test(drive)],
  [1040, ({ document }) => /^[1-9]\d{0,9}$/.test(document)],
  [1077, ({ sign }) => /^\d{1,10}$/.test(sign)],
  [1038, ({ shift }) => isCount(shift)],
  [1042, ({ numberInShift }) => isCount(numberInShift)],
  [1060, ({ taxSite }) => isText(taxSite)],
];

/** Looks the data over: every tag in its form, and the QR about the same document. */
export function fiscalData(given: FiscalData): Result<FiscalData, FiscalDataRefusal> {
  const wrong = checks.find(([, does]) => !does(given));
  if (wrong !== undefined) return refused({ reason: 'fiscal-tag-malformed', tag: wrong[0] });
  return given.qr === undefined || isAbout(given.qr, given)
    ? ok(given)
    : refused({ reason: 'fiscal-qr-differs' });
}

/** The register's own QR, unchanged; where it told none, one that says the same. */
export const fiscalQrOf = (data: FiscalData): string => data.qr ?? fiscalQrText(data);

function isAbout(text: string, data: FiscalData): boolean {
  const qr = readFiscalQr(text);
  if (!qr.ok) return false;
  const { drive, document, sign, total, at, operation = data.operation } = qr.value;
  return (
    drive === data.drive &&
    document === data.document &&
    Number(sign) === Number(data.sign) &&
    isEqual(total, data.total) &&
    at.slice(0, 16) === data.at.slice(0, 16) &&
    operation === data.operation
  );
}
